import type { Experiment } from '../../config/experiment.ts';
import type { NetworkSpec } from '../nn/spec.ts';

/** A family of generator and discriminator. One file a family; `index.ts` lists them. */
export interface Model {
  readonly id: Experiment['model.family'];
  /** The paper or text it comes from. */
  readonly citation: { readonly text: string; readonly url: string };
  /** Latent vector [latent] to image [size, size, channels] in [-1, 1]. */
  readonly generator: (experiment: Experiment, channels: number) => NetworkSpec;
  /** Image to one logit, positive for "real". */
  readonly discriminator: (experiment: Experiment, channels: number) => NetworkSpec;
}
