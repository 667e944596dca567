import * as tf from '@tensorflow/tfjs-core';

/** Down and to the right, whole pixels. */
export type Shift = readonly [down: number, right: number];

/**
 * Moves each image by a shift of its own; what comes in from outside is 0. Differentiable as often as wanted: the gradient
 * of a shift is the shift back. A gather of pixels, since tfjs' own gradient of a gather is slow on some backends.
 *
 * @param x [batch, height, width, channels]
 * @param shifts one for each image
 */
export function translate(x: tf.Tensor4D, shifts: readonly Shift[]): tf.Tensor4D {
  const op = tf.customGrad((images) => ({
    value: moved(images as tf.Tensor4D, shifts),
    gradFunc: (dy: tf.Tensor) =>
      translate(
        dy as tf.Tensor4D,
        shifts.map(([down, right]) => [-down, -right]),
      ),
  }));
  return op(x) as tf.Tensor4D;
}

function moved(x: tf.Tensor4D, shifts: readonly Shift[]): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const from = new Int32Array(batch * height * width);
  const inside = new Float32Array(from.length);
  shifts.forEach(([down, right], image) => {
    for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
      for (let column = Math.max(0, right); column < Math.min(width, width + right); column++) {
        const to = (image * height + row) * width + column;
        from[to] = to - down * width - right;
        inside[to] = 1;
      }
    }
  });
  return tf.tidy(() => {
    const pixels = tf.gather(tf.reshape(x, [-1, channels]), tf.tensor1d(from, 'int32'));
    return tf.reshape(tf.mul(pixels, tf.tensor2d(inside, [from.length, 1])), x.shape);
  });
}
