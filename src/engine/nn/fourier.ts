import * as tf from '@tensorflow/tfjs-core';

/**
 * The input, and the sine and cosine of each pair of its numbers along each frequency (Tancik et al. 2020, Fourier
 * Features Let Networks Learn High Frequency Functions in Low Dimensional Domains). Nothing is learned; differentiable
 * twice.
 *
 * @param x [batch, 2 m]: m points
 * @param frequencies [2, count], radians for each unit
 * @returns [batch, 2 m + 2 m count]
 */
export function fourier(x: tf.Tensor2D, frequencies: readonly number[]): tf.Tensor2D {
  const [batch, width] = x.shape;
  const points = width / 2;
  const count = frequencies.length / 2;
  const along = tf.matMul(tf.reshape(x, [batch * points, 2]), tf.tensor2d([...frequencies], [2, count], 'float32'));
  const angles = tf.reshape(along, [batch, points * count]) as tf.Tensor2D;
  return tf.concat2d([x, tf.sin(angles), tf.cos(angles)], 1);
}
