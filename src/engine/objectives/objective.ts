import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';

/** What an objective computes with; handed in, so that these files stay free of tfjs and the page can read them. */
export interface LossOps {
  /** Mean binary cross-entropy of logits against one target. */
  readonly bceWithLogits: (logits: Tensor, target: number) => Scalar;
  readonly add: (a: Scalar, b: Scalar) => Scalar;
  readonly neg: (a: Scalar) => Scalar;
}

export interface DiscriminatorTerms {
  /** Logits of reals, [batch, 1]. */
  readonly real: Tensor;
  /** Logits of fakes, [batch, 1]. */
  readonly fake: Tensor;
  /** Target for reals in [0.5, 1]; fakes always have 0 (one-sided smoothing, Salimans et al. 2016, section 3.4). */
  readonly realLabel: number;
}

/** An adversarial loss. One file each; `index.ts` lists them. */
export interface Objective {
  readonly id: Experiment['objective.loss'];
  /** What D and G minimise, in TeX. */
  readonly texD: string;
  readonly texG: string;
  readonly citation: { readonly text: string; readonly url: string };
  readonly lossD: (ops: LossOps, terms: DiscriminatorTerms) => Scalar;
  readonly lossG: (ops: LossOps, fake: Tensor) => Scalar;
  /** Both losses where D says 0 to everything, the value of the game's equilibrium. */
  readonly atEquilibrium: { readonly d: number; readonly g: number };
}
