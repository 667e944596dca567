import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ops from '../index.ts';
import { type Compare, noise, type Plain } from './compare.ts';

function lossError(compare: Compare, logits: Plain, target: number): Promise<number> {
  return compare([logits, noise([], 3)], (x, dy) => {
    const f = (t: tf.Tensor) => ops.bceWithLogits(t, target);
    return [f(x), tf.grad(f)(x, dy as tf.Scalar), ops.meanSigmoid(x)];
  });
}

/** Losses and the optimiser's ops, against the composed ops on cpu. @param runs random shapes */
export function lossSuite(compare: Compare, runs: number): void {
  test('losses on logits of any size', async () => {
    for (const values of [[-100, -20, -0.5, 0, 0.5, 20, 100], [-100], [15], [0.001]]) {
      const logits = { shape: [values.length, 1], values: Float32Array.from(values) };
      for (const target of [0, 1, 0.9]) expect(await lossError(compare, logits, target)).toBeLessThan(1e-6);
    }
  });

  test('a confident loss keeps its digits', async () => {
    // log(1 + e^-9): its logarithm's argument differs from 1 in the fourth digit.
    const error = await compare([{ shape: [2], values: Float32Array.of(9, 10) }], (x) => [
      tf.mul(ops.bceWithLogits(x, 1), 1e4),
    ]);
    expect(error).toBeLessThan(1e-5);
  });

  test('losses: random sizes', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom(0, 0.3, 0.9, 1),
      async (size, target) => {
        const { shape, values } = noise([size, 1], size);
        const logits = { shape, values: values.map((value) => 8 * value) };
        expect(await lossError(compare, logits, target)).toBeLessThan(2e-6);
      },
    );
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });

  test('blend', async () => {
    for (const shape of [[1], [5, 3], [4, 16], [1001]]) {
      for (const keep of [0, 0.9, 1]) {
        const error = await compare([noise(shape, 1), noise(shape, 2)], (a, b) => [ops.blend(a, b, keep)]);
        expect(error).toBeLessThan(1e-6);
      }
    }
  });

  const settings = { alpha: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };

  test.each([
    { averaged: false, shapes: [[1], [4], [7], [3, 5, 2], [4, 4, 3, 64], [5000]] },
    { averaged: true, shapes: [[1], [4], [7], [3, 5, 2], [4, 4, 3, 64], [5000]] },
    { averaged: true, shapes: [[64, 32]] },
  ])('three steps of Adam, averaged $averaged, shapes $shapes', async ({ averaged, shapes }) => {
    const inputs = shapes.flatMap((shape, i) => [0, 1, 2, 3].map((k) => noise(shape, 4 * i + k)));
    const error = await compare(inputs, (...tensors) => {
      let states = shapes.map((_, i) => {
        const param = tensors[4 * i] as tf.Tensor;
        return { param, m: tf.zerosLike(param), v: tf.zerosLike(param), ...(averaged && { average: tf.clone(param) }) };
      });
      const norms = [1, 2, 3].map((t) => {
        const given = states.map((state, i) => ({ ...state, grad: tensors[4 * i + t] as tf.Tensor }));
        const made = ops.adamUpdate(given, settings, ops.adamCorrections(settings, t), 0.9);
        states = made.next.map((state) => ({ ...state })) as typeof states;
        return made.gradientNorm;
      });
      return [...norms, ...states.flatMap(({ param, m, v, average }) => [param, m, v, ...(average ? [average] : [])])];
    });
    expect(error).toBeLessThan(1e-6);
  });

  test('Adam leaves its inputs alone', async () => {
    const error = await compare([noise([9], 1), noise([9], 2)], (param, grad) => {
      const states = [{ param, grad, m: grad, v: tf.square(grad) as tf.Tensor }];
      ops.adamUpdate(states, settings, { first: 1, second: 1 });
      return [param, grad];
    });
    expect(error).toBe(0);
  });

  test.each([
    [7, 5],
    [1, 9],
    [64, 3],
    [200, 128],
    [1024, 16],
  ])('power iteration of [%i, %i]', async (rows, columns) => {
    for (const iterations of [1, 3]) {
      const error = await compare([noise([rows, columns], 1), noise([rows], 2)], (matrix, u) => {
        const next = ops.powerIteration(matrix as tf.Tensor2D, u as tf.Tensor1D, iterations);
        return [next.u, next.v];
      });
      expect(error).toBeLessThan(1e-5);
    }
  });
}
