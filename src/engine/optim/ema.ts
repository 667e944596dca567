import * as tf from '@tensorflow/tfjs-core';
import { blend } from '../ops/index.ts';

/**
 * The share of the old average that a step keeps. A half-life h means 0.5^(1/h); the early steps keep less, so that
 * the average does not drag the first weights along: min(., (1 + t) / (10 + t)), as TensorFlow's
 * ExponentialMovingAverage does with `num_updates`.
 *
 * @param halfLife steps after which a weight's old value counts half; 0 keeps nothing
 * @param t steps made, this one included
 */
export function emaKeep(halfLife: number, t: number): number {
  return halfLife === 0 ? 0 : Math.min(0.5 ** (1 / halfLife), (1 + t) / (10 + t));
}

/** A moving average of weights (Polyak & Juditsky 1992; for GANs Yaz\u0131c\u0131 et al. 2019). */
export class MovingAverage {
  #values: readonly tf.Tensor[];
  #t = 0;

  constructor(variables: readonly tf.Variable[]) {
    this.#values = variables.map((variable) => tf.keep(tf.clone(variable)));
  }

  /** In the order of the variables. Owned by the average: use them before the next step. */
  get values(): readonly tf.Tensor[] {
    return this.#values;
  }

  /** The share of the old average that the coming step keeps, which counts it. */
  nextKeep(halfLife: number): number {
    this.#t++;
    return emaKeep(halfLife, this.#t);
  }

  /** Takes over the averages after a step and disposes the old ones. */
  replace(values: readonly tf.Tensor[]): void {
    tf.dispose([...this.#values]);
    this.#values = values.map((value) => tf.keep(value));
  }

  /** Moves the averages towards the variables, where no optimiser does it in the same pass. */
  update(variables: readonly tf.Tensor[], halfLife: number): void {
    const keep = this.nextKeep(halfLife);
    this.replace(this.#values.map((value, i) => blend(value, variables[i] as tf.Tensor, keep)));
  }

  dispose(): void {
    tf.dispose([...this.#values]);
  }
}
