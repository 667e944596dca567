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

/** Losses against the composed ops on cpu. @param runs random sizes */
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
    const size = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 71, max: 300 }));
    const target = fc.constantFrom(0, 0.1, 0.3, 0.9, 1);
    const property = fc.asyncProperty(size, target, fc.constantFrom(1, 10), async (length, probability, scale) => {
      const { shape, values } = noise([length, 1], length);
      const logits = { shape, values: values.map((value) => scale * value) };
      expect(await lossError(compare, logits, probability)).toBeLessThan(1e-6);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });
}
