import * as tf from '@tensorflow/tfjs-core';

/**
 * Two-dimensional convolution with 'same' padding (as TensorFlow pads: the odd pixel goes right and below).
 * A backend's faster kernel is registered under the stock name, so this stays a plain tfjs call.
 *
 * @param x [batch, height, width, in]
 * @param filter [kh, kw, in, out]
 * @returns [batch, ceil(height / stride), ceil(width / stride), out]
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D {
  return tf.conv2d(x, filter, stride, 'same');
}

/**
 * Transposed convolution with 'same' padding: the gradient of `conv2d` with respect to its input, used forwards.
 *
 * @param x [batch, h, w, in]
 * @param filter [kh, kw, out, in]
 * @param outputHW output height and width; ceil(height / stride) must be h, and likewise for the width
 * @returns [batch, height, width, out]
 */
export function conv2dTranspose(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  outputHW: readonly [number, number],
  stride: number,
): tf.Tensor4D {
  const shape: [number, number, number, number] = [x.shape[0], outputHW[0], outputHW[1], filter.shape[2]];
  return tf.conv2dTranspose(x, filter, shape, stride, 'same');
}
