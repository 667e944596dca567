import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';
import { adamUpdate, globalNorm, sgdUpdate } from '../ops/index.ts';
import type { MovingAverage } from './ema.ts';

/** What may change between two steps. */
export interface StepSettings {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** A moving average of the variables, moved in the same step. */
export interface Averaging {
  readonly average: MovingAverage;
  /** Steps. */
  readonly halfLife: number;
}

/**
 * Moves variables along their gradients. Ours and not tfjs's: its learning rate changes live, epsilon is explicit
 * (the default differs by backend, tfjs #6980), and a checkpoint can hold all of its state.
 */
export interface Optimiser {
  /**
   * @param gradients in the order of the variables; not disposed
   * @returns the norm of the whole gradient
   */
  step(gradients: readonly tf.Tensor[], settings: StepSettings, averaging?: Averaging): tf.Scalar;
  dispose(): void;
}

/** Added to the root of the second moment, after the bias correction (Kingma & Ba 2015, algorithm 1). */
export const epsilon = 1e-8;

class Adam implements Optimiser {
  readonly #variables: readonly tf.Variable[];
  readonly #isRmsprop: boolean;
  #moments: { m: tf.Tensor; v: tf.Tensor }[];
  /** Products of the betas of all steps. */
  #beta1Product = 1;
  #beta2Product = 1;

  /** @param isRmsprop without a first moment and corrections it is RMSprop (Tieleman & Hinton 2012), as PyTorch has it */
  constructor(variables: readonly tf.Variable[], isRmsprop = false) {
    this.#variables = variables;
    this.#isRmsprop = isRmsprop;
    this.#moments = variables.map((variable) => ({ m: zerosLike(variable), v: zerosLike(variable) }));
  }

  step(gradients: readonly tf.Tensor[], { lr, beta1, beta2 }: StepSettings, averaging?: Averaging): tf.Scalar {
    this.#beta1Product *= beta1;
    this.#beta2Product *= beta2;
    const settings = { alpha: lr, beta1: this.#isRmsprop ? 0 : beta1, beta2, epsilon };
    const corrections = this.#isRmsprop
      ? { first: 1, second: 1 }
      : { first: 1 - this.#beta1Product, second: 1 - this.#beta2Product };
    const averages = averaging?.average.values;
    const states = this.#moments.map(({ m, v }, i) => {
      const average = averages?.[i];
      return {
        param: this.#variables[i] as tf.Variable,
        grad: gradients[i] as tf.Tensor,
        m,
        v,
        ...(average && { average }),
      };
    });
    const keep = averaging?.average.nextKeep(averaging.halfLife);
    const { gradientNorm, next } = adamUpdate(states, settings, corrections, keep);
    for (const { m, v } of this.#moments) tf.dispose([m, v]);
    this.#moments = next.map(({ m, v }) => ({ m: tf.keep(m), v: tf.keep(v) }));
    next.forEach(({ param }, i) => {
      assign(this.#variables[i] as tf.Variable, param);
    });
    averaging?.average.replace(next.map(({ average }) => average as tf.Tensor));
    return gradientNorm;
  }

  dispose(): void {
    for (const { m, v } of this.#moments) tf.dispose([m, v]);
  }
}

class Sgd implements Optimiser {
  readonly #variables: readonly tf.Variable[];

  constructor(variables: readonly tf.Variable[]) {
    this.#variables = variables;
  }

  step(gradients: readonly tf.Tensor[], { lr }: StepSettings, averaging?: Averaging): tf.Scalar {
    this.#variables.forEach((variable, index) => {
      assign(variable, sgdUpdate(variable, gradients[index] as tf.Tensor, lr));
    });
    averaging?.average.update(this.#variables, averaging.halfLife);
    return globalNorm(gradients);
  }

  dispose(): void {}
}

function zerosLike(variable: tf.Tensor): tf.Tensor {
  return tf.keep(tf.zerosLike(variable));
}

function assign(variable: tf.Variable, value: tf.Tensor): void {
  variable.assign(value);
  value.dispose();
}

/** By the names of `g.optimiser` and `d.optimiser`. */
export const optimisers: Readonly<Record<Experiment['g.optimiser'], (variables: readonly tf.Variable[]) => Optimiser>> =
  {
    adam: (variables) => new Adam(variables),
    sgd: (variables) => new Sgd(variables),
    rmsprop: (variables) => new Adam(variables, true),
  };
