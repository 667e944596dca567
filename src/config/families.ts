import type { Experiment } from './experiment.ts';
import { isWorld } from './worlds.ts';

/** Every family of networks. The plane's are not among the choices: worlds have them, image sets cannot. */
export type Family = Experiment['model.family'] | 'plane' | 'dirac';

/** The data decide whether the networks are the plane's; among those for images, a person chooses. */
export function familyOf(experiment: Experiment): Family {
  const set = experiment['data.set'];
  if (set === 'dirac') return 'dirac';
  return isWorld(set) ? 'plane' : experiment['model.family'];
}

/** Whether D is an opponent; in a VAE it is the encoder, and one update moves both. */
export function isDuel(experiment: Experiment): boolean {
  return familyOf(experiment) !== 'vae';
}

/** How many numbers z has. */
export function latentOf(experiment: Experiment): number {
  const family = familyOf(experiment);
  if (family === 'dirac') return 1;
  return family === 'plane' ? experiment['plane.latent'] : experiment['model.latent'];
}
