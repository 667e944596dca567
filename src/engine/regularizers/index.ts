import { clipGradients } from './clipGradients.ts';
import { diffAugment } from './diffAugment.ts';
import { featureMatching } from './featureMatching.ts';
import { historicalAveraging } from './historicalAveraging.ts';
import { instanceNoise } from './instanceNoise.ts';
import type { Regulariser } from './regulariser.ts';
import { spectralNorm } from './spectralNorm.ts';

export type { Active, Kit, Regulariser, Round, RoundOfD, RoundOfG } from './regulariser.ts';

/** Every penalty and trick, in the order in which their hooks run. A new one is a file and a line here. */
export const regularisers: readonly Regulariser[] = [
  spectralNorm,
  diffAugment,
  instanceNoise,
  featureMatching,
  historicalAveraging,
  clipGradients,
];
