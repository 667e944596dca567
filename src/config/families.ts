import type { Experiment } from './experiment.ts';
import { isWorld } from './worlds.ts';

/** Every family of networks. The plane's is not among the choices: a world of points has it, an image set cannot. */
export type Family = Experiment['model.family'] | 'plane';

/** The data decide whether the networks are the plane's; among those for images, a person chooses. */
export function familyOf(experiment: Experiment): Family {
  return isWorld(experiment['data.set']) ? 'plane' : experiment['model.family'];
}

/** Whether D is an opponent; in a VAE it is the encoder, and one update moves both. */
export function isDuel(experiment: Experiment): boolean {
  return familyOf(experiment) !== 'vae';
}

/** How many numbers z has. */
export function latentOf(experiment: Experiment): number {
  return isWorld(experiment['data.set']) ? experiment['plane.latent'] : experiment['model.latent'];
}
