import type { Experiment } from '../../config/experiment.ts';
import { type Family, familyOf } from '../../config/families.ts';
import type { NetworkSpec } from '../nn/spec.ts';
import { article } from './article.ts';
import { dcgan } from './dcgan.ts';
import { mlp } from './mlp.ts';
import type { Model } from './model.ts';
import { packed, packOf } from './pack.ts';
import { plane } from './plane.ts';
import { resnet } from './resnet.ts';
import { sndcgan } from './sndcgan.ts';

export type { Model } from './model.ts';

/** Every family. A new one is a file like `dcgan.ts`, a line here and an option of `model.family`. */
export const models: Readonly<Record<Family, Model>> = { dcgan, sndcgan, resnet, article, mlp, plane };

export function modelOf(experiment: Experiment): Model {
  return models[familyOf(experiment)];
}

/** Both networks of an experiment. @param channels of the images; of no matter on the plane */
export function networksOf(experiment: Experiment, channels: number): { g: NetworkSpec; d: NetworkSpec } {
  const model = modelOf(experiment);
  return {
    g: model.generator(experiment, channels),
    d: packed(model.discriminator(experiment, channels), packOf(experiment)),
  };
}
