import * as tf from '@tensorflow/tfjs-core';
import { adamUpdate, sgdUpdate } from '../ops/index.ts';

/** What may change between two steps. */
export interface StepSettings {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
}

/**
 * Moves variables along their gradients. Ours and not tfjs's: its learning rate changes live, epsilon is explicit
 * (the default differs by backend, tfjs #6980), and a checkpoint can hold all of its state.
 */
export interface Optimiser {
  /** @param gradients in the order of the variables; not disposed */
  step(gradients: readonly tf.Tensor[], settings: StepSettings): void;
  dispose(): void;
}

/** Added to the root of the second moment, after the bias correction (Kingma & Ba 2015, algorithm 1). */
export const epsilon = 1e-8;

class Adam implements Optimiser {
  readonly #variables: readonly tf.Variable[];
  #moments: { m: tf.Tensor; v: tf.Tensor }[];
  /** Products of the betas of all steps. */
  #beta1Product = 1;
  #beta2Product = 1;

  constructor(variables: readonly tf.Variable[]) {
    this.#variables = variables;
    this.#moments = variables.map((variable) => ({ m: zerosLike(variable), v: zerosLike(variable) }));
  }

  step(gradients: readonly tf.Tensor[], { lr, beta1, beta2 }: StepSettings): void {
    this.#beta1Product *= beta1;
    this.#beta2Product *= beta2;
    const settings = { alpha: lr, beta1, beta2, epsilon };
    const corrections = { first: 1 - this.#beta1Product, second: 1 - this.#beta2Product };
    this.#moments = this.#moments.map(({ m, v }, index) => {
      const variable = this.#variables[index] as tf.Variable;
      const next = tf.tidy(() => {
        const grad = gradients[index] as tf.Tensor;
        const { param, m: newM, v: newV } = adamUpdate({ param: variable, grad, m, v }, settings, corrections);
        return { param, m: tf.keep(newM), v: tf.keep(newV) };
      });
      assign(variable, next.param);
      tf.dispose([m, v]);
      return { m: next.m, v: next.v };
    });
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

  step(gradients: readonly tf.Tensor[], { lr }: StepSettings): void {
    this.#variables.forEach((variable, index) => {
      assign(variable, sgdUpdate(variable, gradients[index] as tf.Tensor, lr));
    });
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
export const optimisers: Readonly<Record<'adam' | 'sgd', (variables: readonly tf.Variable[]) => Optimiser>> = {
  adam: (variables) => new Adam(variables),
  sgd: (variables) => new Sgd(variables),
};
