import * as tf from '@tensorflow/tfjs-core';

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
  #values: tf.Tensor[];
  #t = 0;

  constructor(variables: readonly tf.Variable[]) {
    this.#values = variables.map((variable) => tf.keep(tf.clone(variable)));
  }

  /** In the order of the variables. Owned by the average: use them before the next `update`. */
  get values(): readonly tf.Tensor[] {
    return this.#values;
  }

  update(variables: readonly tf.Variable[], halfLife: number): void {
    this.#t++;
    const keep = emaKeep(halfLife, this.#t);
    this.#values = this.#values.map((old, index) => {
      const value = variables[index] as tf.Variable;
      const next = tf.tidy(() =>
        tf.keep(keep === 0 ? tf.clone(value) : tf.add(tf.mul(old, keep), tf.mul(value, 1 - keep))),
      );
      old.dispose();
      return next;
    });
  }

  dispose(): void {
    tf.dispose(this.#values);
  }
}
