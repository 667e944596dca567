import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import * as ops from '../index.ts';
import { type Compare, noise } from './compare.ts';

const batch = 5;
/** Images, the weights of three layers, and their biases. */
const shapes = [[batch, 9, 9, 3], [4, 4, 3, 5], [4, 4, 5, 6], [54, 1], [5], [6], [1]];

type Weights = readonly [tf.Tensor4D, tf.Tensor4D, tf.Tensor2D];
type Biases = readonly [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];

/** The sum of what a critic of two convolutions and a dense layer says of images. */
function judge(images: tf.Tensor4D, [filter1, filter2, kernel]: Weights, [bias1, bias2, bias3]: Biases): tf.Tensor {
  const wide = ops.convAct(images, filter1, bias1, 2, 0.2);
  const narrow = ops.convAct(wide, filter2, bias2, 2, 0.2);
  return tf.sum(ops.denseAct(tf.reshape(narrow, [batch, -1]), kernel, bias3, 1));
}

const penalties = {
  /** R1: Mescheder et al. 2018. */
  'the squared input gradient': (gradient: tf.Tensor) => tf.sum(tf.square(gradient)),
  /** WGAN-GP: Gulrajani et al. 2017, equation 3. */
  "the input gradient's norm, pulled to 1": (gradient: tf.Tensor) => {
    const norms = tf.sqrt(tf.sum(tf.square(gradient), [1, 2, 3]));
    return tf.mean(tf.square(tf.sub(norms, 1)));
  },
} satisfies Record<string, (gradient: tf.Tensor) => tf.Tensor>;

/** Gradients of gradients, as penalties need them, against the composed ops on cpu. */
export function secondOrderSuite(compare: Compare): void {
  test.each(Object.entries(penalties))(
    "second order: %s, and its gradient for the critic's weights",
    async (_what, of) => {
      const inputs = shapes.map((shape, i) => noise(shape, i + 1));
      const error = await compare(inputs, (...tensors) => {
        const [images, filter1, filter2, kernel, ...biases] = tensors as [tf.Tensor4D, ...Weights, ...Biases];
        const penalty = (...weights: tf.Tensor[]) =>
          of(tf.grad((x) => judge(x as tf.Tensor4D, weights as unknown as Weights, biases))(images));
        // Biases have no part in it: where the leaky ReLUs bend is constant almost everywhere.
        return [penalty(filter1, filter2, kernel), ...tf.grads(penalty)([filter1, filter2, kernel])];
      });
      expect(error).toBeLessThan(1e-5);
    },
  );
}
