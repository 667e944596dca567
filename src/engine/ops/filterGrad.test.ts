import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { noise, read } from '../testing/values.ts';
import { conv2d } from './index.ts';

const array = (shape: [number, number, number, number], seed: number) =>
  tf.tensor4d(Float32Array.from(noise(tf.util.sizeFromShape(shape), seed)), shape);

/** The squared length of the filter's gradient of sum((x * w)^2) / 2: quadratic in x, quartic in w. */
function lengthOfGradient(x: tf.Tensor4D, w: tf.Tensor4D): tf.Scalar {
  const ofFilter = tf.grad((filter) => tf.sum(tf.square(conv2d(x, filter as tf.Tensor4D, 2))).mul(0.5));
  return tf.sum(tf.square(ofFilter(w)));
}

onEach(nodeStarters, ['cpu', 'wasm'], () => {
  test.each(['input', 'filter'] as const)(
    "the gradient of a filter's gradient with respect to the %s is what finite differences say",
    async (which) => {
      const [x, w] = [array([2, 5, 4, 3], 1), array([3, 3, 3, 2], 2)];
      const of = (moved: tf.Tensor) =>
        which === 'input' ? lengthOfGradient(moved as tf.Tensor4D, w) : lengthOfGradient(x, moved as tf.Tensor4D);
      const at = which === 'input' ? x : w;
      const along = array(at.shape, 3);
      const slope = tf.tidy(() => tf.sum(tf.mul(tf.grad(of)(at), along)));
      // A polynomial of degree four: the central difference is exact but for its cubic part, which h makes small.
      const h = 0.02;
      const [up, down] = [h, -h].map((step) => tf.tidy(() => of(tf.add(at, tf.mul(along, step)))));
      const [found, high, low] = await Promise.all(
        [slope, up, down].map(async (one) => (await read(one as tf.Scalar))[0]),
      );
      const wanted = ((high as number) - (low as number)) / (2 * h);
      expect(Math.abs((found as number) - wanted) / Math.abs(wanted)).toBeLessThan(2e-3);
    },
  );
});
