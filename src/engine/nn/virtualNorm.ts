import * as tf from '@tensorflow/tfjs-core';
import { leaky } from '../ops/index.ts';

/**
 * Virtual batch norm (Salimans et al. 2016, section 3.5): each image is normalised by the statistics of a reference batch
 * and of itself, as if it were that batch's next image, so that what it becomes does not hang on the rest of its own batch.
 * The reference batch is normalised by its own. Mean and mean square are weighted n : 1, as in the authors' code.
 *
 * @param x [reference + batch, ..., channels]: the reference batch comes first
 * @param reference n, images of the reference batch
 * @param gamma [channels] scale
 * @param beta [channels] shift
 * @param epsilon added to the variance
 * @param slope negative slope: 1 is linear, 0 is ReLU
 */
export function virtualNorm(
  x: tf.Tensor,
  reference: number,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  slope: number,
): tf.Tensor {
  const [first, own] = tf.split(x, [reference, (x.shape[0] as number) - reference]) as [tf.Tensor, tf.Tensor];
  const places = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  const over = (of: tf.Tensor, axes: number[]) => (axes.length === 0 ? of : tf.mean(of, axes, true));
  const share = 1 / (reference + 1);
  const mean = over(first, [0, ...places]);
  const square = over(tf.square(first), [0, ...places]);
  const together = (fixed: tf.Tensor, each: tf.Tensor) => tf.add(tf.mul(fixed, 1 - share), tf.mul(each, share));
  const ownMean = together(mean, over(own, places));
  const ownSquare = together(square, over(tf.square(own), places));
  const normalised = (of: tf.Tensor, by: tf.Tensor, squares: tf.Tensor) =>
    tf.mul(tf.sub(of, by), tf.rsqrt(tf.add(tf.sub(squares, tf.square(by)), epsilon)));
  const both = tf.concat([normalised(first, mean, square), normalised(own, ownMean, ownSquare)]);
  return leaky(tf.add(tf.mul(both, gamma), beta), slope);
}
