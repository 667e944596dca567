import type { Experiment } from '../../config/experiment.ts';
import type { Family } from '../../config/families.ts';
import type { NetworkSpec } from '../nn/spec.ts';

/** A family of generator and discriminator. One file a family; `index.ts` lists them. */
export interface Model {
  readonly id: Family;
  /** The paper or text it comes from. */
  readonly citation: { readonly text: string; readonly url: string };
  /** Latent vector [latent] to image [size, size, channels] in [-1, 1], or on the plane to a point [2]. */
  readonly generator: (experiment: Experiment, channels: number) => NetworkSpec;
  /** Image or point to one logit, positive for "real"; of a VAE, the encoder: to means and log variances, [2 latent]. */
  readonly discriminator: (experiment: Experiment, channels: number) => NetworkSpec;
}
