import type { Experiment } from '../../config/experiment.ts';
import { article } from './article.ts';
import { dcgan } from './dcgan.ts';
import { mlp } from './mlp.ts';
import type { Model } from './model.ts';
import { resnet } from './resnet.ts';
import { sndcgan } from './sndcgan.ts';

export type { Model } from './model.ts';

/** Every family the table offers. A new one is a file like `dcgan.ts`, a line here and an option of `model.family`. */
export const models: Readonly<Record<Experiment['model.family'], Model>> = { dcgan, sndcgan, resnet, article, mlp };
