import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { FUSED, hasFused } from '../fused.ts';
import * as ops from '../index.ts';
import { noise, on, type Plain } from '../testing/compare.ts';
import { at, errorOnWasm } from './testing.ts';

/** The tests of these kernels, for either build of them: call where both backends have started. */
export function fusedSuite(): void {
  test('withComposedOps leaves the kernels out, and gives them back when its function throws', async () => {
    await tf.setBackend('wasm');
    expect(hasFused(FUSED.adam)).toBe(true);
    expect(ops.withComposedOps(() => ops.withComposedOps(() => hasFused(FUSED.adam)))).toBe(false);
    const fail = () =>
      ops.withComposedOps(() => {
        throw new Error('inside');
      });
    expect(fail).toThrow('inside');
    expect(hasFused(FUSED.adam)).toBe(true);
  });

  test('the kernels are there: the comparisons below are not of the composed ops with themselves', async () => {
    await tf.setBackend('wasm');
    for (const name of Object.values(FUSED)) expect(tf.getKernel(name, 'wasm'), name).toBeDefined();
    const { kernelNames } = await tf.profile(() => {
      const [x, c] = [tf.ones<tf.Rank.R2>([2, 3]), tf.ones<tf.Rank.R1>([3])];
      const [image, filter] = [tf.ones<tf.Rank.R4>([1, 2, 2, 3]), tf.ones<tf.Rank.R4>([2, 2, 3, 3])];
      const gradient = (f: (...inputs: tf.Tensor[]) => tf.Tensor, ...inputs: tf.Tensor[]) => tf.grads(f)(inputs);
      ops.affineAct(x, c, c, 0.2);
      ops.meanSigmoid(x);
      ops.blend(x, x, 0.5);
      ops.powerIteration(x, tf.ones([2]), 1);
      ops.convTransposeAct(image, filter, c, [4, 4], 2, 0.2);
      gradient((a) => ops.convAct(a as tf.Tensor4D, filter, c, 1, 0.2), image);
      gradient((a) => ops.denseAct(a as tf.Tensor2D, tf.ones([3, 3]), c, 0.2), x);
      gradient((a) => ops.biasAct(a, c, 0.2), x);
      gradient((a) => ops.biasTanh(a, c), x);
      gradient((a) => ops.normAct(a, c, c, 1e-3, 0.2).y, x);
      gradient((a) => ops.bceWithLogits(a, 1), x);
      return ops.adamUpdate(
        [{ param: x, grad: x, m: x, v: x }],
        { alpha: 1, beta1: 0, beta2: 0, epsilon: 1 },
        { first: 1, second: 1 },
      ).gradientNorm;
    });
    expect(kernelNames).toEqual(expect.arrayContaining(Object.values(FUSED)));
  });

  test('gradients equal finite differences of the same kernels', async () => {
    // Slope 1 keeps the function smooth: across a kink of the leaky ReLU a difference quotient means nothing.
    const inputs = [noise([12, 3], 1), noise([3], 2, 1.5), noise([3], 3)] as const;
    const weights = noise([12, 3], 5);
    const f = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
      const { y } = ops.normAct(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, 1);
      const biased = ops.biasAct(y, beta as tf.Tensor1D, 1);
      return tf.sum(tf.mul(tf.square(biased), tf.tensor(weights.values, [12, 3]))) as tf.Scalar;
    };
    const gradients = await on('wasm', inputs, (...ts) => tf.grads(f)(ts));
    const h = 1e-2;
    for (let which = 0; which < inputs.length; which++) {
      for (let i = 0; i < (inputs[which] as Plain).values.length; i++) {
        const nudged = (by: number) => {
          const move = (input: Plain, k: number): Plain =>
            k === which ? { ...input, values: input.values.map((value, j) => (j === i ? value + by : value)) } : input;
          return on('wasm', [move(inputs[0], 0), move(inputs[1], 1), move(inputs[2], 2)], (...ts) => [f(...ts)]);
        };
        const [[up], [down]] = [await nudged(h), await nudged(-h)];
        const quotient = (at(up, 0) - at(down, 0)) / (2 * h);
        expect(Math.abs(quotient - at(gradients[which] as Plain, i))).toBeLessThan(5e-3);
      }
    }
  });

  test('gather has a gradient', async () => {
    const indices = [3, 0, 3, 2];
    const error = await errorOnWasm([noise([5, 3], 1), noise([4, 3], 2)], (x, dy) => [
      tf.grad((table) => tf.gather(table, tf.tensor1d(indices, 'int32')))(x, dy),
    ]);
    expect(error).toBeLessThan(1e-6);
  });
}
