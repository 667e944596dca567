import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerGradients } from '../backend/gradients.ts';
import * as ops from './index.ts';

beforeAll(async () => {
  await registerGradients();
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
});

const values = (t: tf.Tensor) => Array.from(t.dataSync());
function expectClose(actual: tf.Tensor, expected: readonly number[], tolerance = 1e-6) {
  const got = values(actual);
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance);
  });
}

describe('Adam against PyTorch on f(x) = x^2 from 1', () => {
  test.each([
    { alpha: 1e-3, beta1: 0.9, beta2: 0.999, path: [0.999, 0.9980000262, 0.9970000961, 0.9960002269, 0.9950004361] },
    { alpha: 2e-4, beta1: 0.5, beta2: 0.999, path: [0.9998, 0.9996000067, 0.9994000238, 0.9992000544, 0.9990001008] },
    { alpha: 2e-4, beta1: 0, beta2: 0.99, path: [0.9998, 0.9996000199, 0.9994000596, 0.9992001192, 0.9990001984] },
    { alpha: 1e-4, beta1: 0, beta2: 0.9, path: [0.9999, 0.9998000047, 0.999700014] },
  ])('$alpha ($beta1, $beta2)', ({ path, ...settings }) => {
    let state: ops.AdamMoments = { param: tf.tensor1d([1]), m: tf.tensor1d([0]), v: tf.tensor1d([0]) };
    path.forEach((expected, i) => {
      const grad = tf.mul(state.param, 2);
      const corrections = ops.adamCorrections(settings, i + 1);
      state = ops.adamUpdate([{ ...state, grad }], { ...settings, epsilon: 1e-8 }, corrections).next[0]!;
      expectClose(state.param, [expected], 1.3e-7);
    });
  });

  test('epsilon stands after the bias correction', () => {
    // A gradient far below epsilon: the step is alpha * g / (|g| + eps), whatever t is.
    const zero = tf.tensor1d([0]);
    const grad = tf.tensor1d([1e-3]);
    const settings = { alpha: 1, beta1: 0.5, beta2: 0.999, epsilon: 1 };
    const state = { param: zero, grad, m: zero, v: zero };
    const { next } = ops.adamUpdate([state], settings, ops.adamCorrections(settings, 1));
    expectClose(next[0]!.param, [-1e-3 / (1e-3 + 1)], 1e-9);
  });
});

test('sgdUpdate', () => {
  expectClose(ops.sgdUpdate(tf.tensor1d([1, 2]), tf.tensor1d([10, -10]), 0.1), [0, 3]);
});

describe('normAct', () => {
  const normalise = (epsilon: number, slope: number) =>
    ops.normAct(tf.tensor2d([1, 2, 3, 4], [4, 1]), tf.tensor1d([1]), tf.tensor1d([0]), epsilon, slope);

  test.each([
    { epsilon: 1e-3, far: 1.341105, near: 0.447035 },
    { epsilon: 1e-5, far: 1.341635, near: 0.447212 },
  ])('Keras and PyTorch figures, epsilon $epsilon', ({ epsilon, far, near }) => {
    const { y, mean, variance } = normalise(epsilon, 1);
    expectClose(y, [-far, -near, near, far]);
    expectClose(mean, [2.5]);
    // Biased: PyTorch's running variance would use 1.666667.
    expectClose(variance, [1.25]);
  });

  test('the slope applies below zero only', () => {
    const { y } = normalise(1e-3, 0.2);
    expectClose(y, [-1.341105 * 0.2, -0.447035 * 0.2, 0.447035, 1.341105]);
  });
});

describe('conv2dTranspose of [1, 2, 3], stride 2', () => {
  test.each([
    { kernel: [1, 2, 3], expected: [1, 2, 5, 4, 9, 6] },
    { kernel: [1, 2, 3, 4], expected: [2, 5, 8, 9, 14, 9] },
    { kernel: [1, 2, 3, 4, 5], expected: [2, 5, 8, 14, 14, 19] },
  ])('kernel $kernel', ({ kernel, expected }) => {
    const x = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
    expectClose(ops.conv2dTranspose(x, tf.tensor4d(kernel, [1, kernel.length, 1, 1]), [1, 6], 2), expected);
  });
});

describe('bceWithLogits', () => {
  test('science figures for r = [2, -1, .5], f = [-2, 1, 0]', () => {
    const real = tf.tensor1d([2, -1, 0.5]);
    const fake = tf.tensor1d([-2, 1, 0]);
    expectClose(ops.bceWithLogits(real, 1), [0.638089]);
    expectClose(ops.bceWithLogits(fake, 0), [0.711112]);
    expectClose(ops.bceWithLogits(fake, 1), [1.044446]);
    expectClose(ops.bceWithLogits(real, 0.9), [0.688089]);
  });

  test('stays exact for logits of +-100', () => {
    expectClose(ops.bceWithLogits(tf.tensor1d([-100]), 1), [100], 0);
    expectClose(ops.bceWithLogits(tf.tensor1d([100]), 0), [100], 0);
  });
});

describe('second order', () => {
  const penalty = (f: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.sum(tf.square(tf.grad(f)(x)));

  test('gradient of a squared input gradient through leaky, against the closed form', () => {
    // f = sum leaky(x)^2: f' = 2 s^2 x with s in {1, slope}; sum f'^2 has the gradient 8 s^4 x.
    const f = (x: tf.Tensor) => tf.sum(tf.square(ops.leaky(x, 0.2)));
    const g = tf.grad(penalty(f))(tf.tensor1d([3, -2]));
    expectClose(g, [24, 8 * 0.2 ** 4 * -2], 1e-5);
  });
});
