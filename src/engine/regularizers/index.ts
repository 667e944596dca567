import { clipGradients } from './clipGradients.ts';
import { consensus } from './consensus.ts';
import { diffAugment } from './diffAugment.ts';
import { featureMatching } from './featureMatching.ts';
import { gradientPenalty } from './gradientPenalty.ts';
import { historicalAveraging } from './historicalAveraging.ts';
import { instanceNoise } from './instanceNoise.ts';
import { packing } from './packing.ts';
import { r1 } from './r1.ts';
import { r2 } from './r2.ts';
import type { Regulariser } from './regulariser.ts';
import { spectralNorm } from './spectralNorm.ts';
import { weightClipping } from './weightClipping.ts';

export type { Active, Before, Kit, Regulariser, Round, RoundOfD, RoundOfG } from './regulariser.ts';

/** Every penalty and trick, in the order in which their hooks run. A new one is a file and a line here. */
export const regularisers: readonly Regulariser[] = [
  spectralNorm,
  diffAugment,
  instanceNoise,
  packing,
  gradientPenalty,
  r1,
  r2,
  consensus,
  featureMatching,
  historicalAveraging,
  clipGradients,
  weightClipping,
];
