import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';

/** What an objective computes with; handed in, so that these files stay free of tfjs and the page can read them. */
export interface LossOps {
  /** Mean binary cross-entropy of logits against one target. */
  readonly bceWithLogits: (logits: Tensor, target: number) => Scalar;
  readonly add: <T extends Tensor>(a: Tensor | number, b: Tensor | number) => T;
  readonly sub: <T extends Tensor>(a: Tensor | number, b: Tensor | number) => T;
  readonly mul: <T extends Tensor>(a: Tensor | number, b: Tensor | number) => T;
  readonly neg: <T extends Tensor>(a: T) => T;
  readonly relu: <T extends Tensor>(a: T) => T;
  readonly square: <T extends Tensor>(a: T) => T;
  readonly mean: <T extends Tensor>(a: Tensor) => T;
}

export interface DiscriminatorTerms {
  /** Logits of reals, [batch, 1]. */
  readonly real: Tensor;
  /** Logits of fakes, [batch, 1]. */
  readonly fake: Tensor;
  /** Target for reals in [0.5, 1]; fakes always have 0 (one-sided smoothing, Salimans et al. 2016, section 3.4). */
  readonly realLabel: number;
}

export interface GeneratorTerms {
  /** Logits of fakes, [batch, 1], with the way back to G. */
  readonly fake: Tensor;
  /** Logits of new reals, [batch, 1]; only where the objective `pairs`. */
  readonly real?: Tensor;
}

/** An adversarial loss. One file each; `index.ts` lists them. */
export interface Objective {
  readonly id: Experiment['objective.loss'];
  /** What D and G minimise, in TeX. C is D's score, D(x) its sigmoid where that is a probability. */
  readonly texD: string;
  readonly texG: string;
  readonly citation: { readonly text: string; readonly url: string };
  readonly lossD: (ops: LossOps, terms: DiscriminatorTerms) => Scalar;
  readonly lossG: (ops: LossOps, terms: GeneratorTerms) => Scalar;
  /** G's loss compares fakes with reals, so its update needs some. */
  readonly pairs?: true;
  /** Where G is right: the score that D gives to everything (any one would do where only differences count), both losses. */
  readonly atEquilibrium: { readonly score: number; readonly d: number; readonly g: number };
  /** Whether the sigmoid of a score is D's probability that an image is real. If not, only higher and lower count. */
  readonly probability: boolean;
}

/** Of an objective that `pairs`: the reals that the step then gives. */
export function realsOf({ real }: GeneratorTerms): Tensor {
  if (!real) throw new Error('this objective compares fakes with reals');
  return real;
}
