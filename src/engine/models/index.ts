import type { Experiment } from '../../config/experiment.ts';
import { type Family, familyOf } from '../../config/families.ts';
import { article } from './article.ts';
import { classesTold, conditional, type ImageFacts, type NetworkSpecs } from './conditional.ts';
import { dcgan } from './dcgan.ts';
import { dirac } from './dirac.ts';
import { mlp } from './mlp.ts';
import type { Model } from './model.ts';
import { packed, packOf } from './pack.ts';
import { plane } from './plane.ts';
import { resnet } from './resnet.ts';
import { sndcgan } from './sndcgan.ts';
import { style } from './style.ts';
import { vae } from './vae.ts';

export { classesTold, type ImageFacts } from './conditional.ts';
export type { Model } from './model.ts';

/** Every family. A new one is a file like `dcgan.ts`, a line here and an option of `model.family`. */
export const models: Readonly<Record<Family, Model>> = {
  dcgan,
  sndcgan,
  resnet,
  style,
  article,
  mlp,
  vae,
  plane,
  dirac,
};

export function modelOf(experiment: Experiment): Model {
  return models[familyOf(experiment)];
}

/** Both networks of an experiment, for images like these; they are of no matter on the plane. */
export function networksOf(experiment: Experiment, images: ImageFacts): NetworkSpecs {
  const model = modelOf(experiment);
  const specs = {
    g: model.generator(experiment, images.channels),
    d: packed(model.discriminator(experiment, images.channels), packOf(experiment)),
  };
  const classes = classesTold(experiment, images);
  if (classes === 0) return specs;
  return conditional(specs, experiment['model.classes'] === 'acgan' ? 'auxiliary' : 'projection', classes);
}
