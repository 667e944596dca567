import * as tf from '@tensorflow/tfjs-core';

/** Below the root: identical images have the deviation 1e-4, not an infinite gradient (ProGAN's code). */
const epsilon = 1e-8;

/**
 * One more channel, the same everywhere in a group: how much the group's images differ, as the deviation of each channel
 * and place over the group, averaged over all of them (Karras et al. 2018, section 3).
 *
 * @param x [batch, ..., channels]
 * @param group images compared with each other, every batch/group-th one; all of them where the batch is no multiple
 * @returns [batch, ..., channels + 1]
 */
export function minibatchStddev(x: tf.Tensor, group: number): tf.Tensor {
  const [batch = 1, ...each] = x.shape;
  const size = batch % group === 0 ? group : batch;
  const grouped = tf.reshape(x, [size, batch / size, -1]);
  const squares = tf.mean(tf.square(tf.sub(grouped, tf.mean(grouped, 0, true))), 0);
  const deviation = tf.mean(tf.sqrt(tf.add(squares, epsilon)), -1);
  // One value an image: image i belongs to group i modulo the number of groups.
  const own = tf.reshape(tf.tile(deviation, [size]), [batch, ...each.map(() => 1)]);
  return tf.concat([x, tf.add(tf.zeros([batch, ...each.slice(0, -1), 1]), own)], -1);
}

/**
 * More units, which tell of each image how near others of its batch are (Salimans et al. 2016, section 3.2): rows of
 * M = T x are compared, o_b = sum over the other images of exp(-|M_b - M'_b|_1) + bias_b. The paper's sum counts the image
 * itself too, which adds 1; the authors' code leaves it out, and so do we.
 *
 * @param x [batch, features]
 * @param projection [features, kernels x dims]
 * @param bias [kernels]
 * @returns [batch, features + kernels]
 */
export function minibatchDiscrimination(x: tf.Tensor2D, projection: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const [batch] = x.shape;
  const rows = tf.reshape(tf.matMul(x, projection), [batch, bias.size, -1]);
  const distances = tf.sum(tf.abs(tf.sub(tf.expandDims(rows, 0), tf.expandDims(rows, 1))), -1);
  const near = tf.sub(tf.sum(tf.exp(tf.neg(distances)), 1), 1);
  return tf.concat([x, tf.add<tf.Tensor2D>(near, bias)], -1);
}
