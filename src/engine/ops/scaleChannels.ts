import * as tf from '@tensorflow/tfjs-core';

/**
 * x scaled by a factor for each image and channel. Broadcasting would do, but its gradient sums over the middle axes,
 * which backends first transpose; a product with ones does not.
 *
 * @param x [batch, height, width, channels]
 * @param scale [batch, channels]
 */
export function scaleChannels(x: tf.Tensor4D, scale: tf.Tensor2D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const spread = (factors: tf.Tensor2D) => tf.reshape(factors, [batch, 1, channels]);
  const flat = (map: tf.Tensor) => tf.reshape(map, [batch, height * width, channels]) as tf.Tensor3D;
  const op = tf.customGrad((input, factors, save) => {
    (save as tf.GradSaveFunc)([input as tf.Tensor, factors as tf.Tensor]);
    const scaled = tf.mul(flat(input as tf.Tensor), spread(factors as tf.Tensor2D));
    return {
      value: tf.reshape(scaled, x.shape),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [from, by] = saved as [tf.Tensor4D, tf.Tensor2D];
        const ones = tf.ones([1, 1, height * width]);
        return [
          scaleChannels(dy as tf.Tensor4D, by),
          tf.reshape(tf.matMul(ones, flat(tf.mul(dy, from))), [batch, channels]),
        ];
      },
    };
  });
  return op(x, scale) as tf.Tensor4D;
}
