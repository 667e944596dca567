import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ops from '../index.ts';
import { at, errorOnWasm, noise, on, type Plain } from './testing.ts';

const scaled = (plain: Plain, by: number): Plain => ({ ...plain, values: plain.values.map((value) => value * by) });

/** The tests of these kernels, for either build of them: call where both backends have started. */
export function lossSuite(): void {
  test('stable losses on logits of any size', async () => {
    const logits = { shape: [6], values: Float32Array.of(-100, -20, -0.5, 0.5, 20, 100) };
    for (const target of [0, 1, 0.9]) {
      const error = await errorOnWasm([logits], (x) => [
        ops.bceWithLogits(x, target),
        tf.grad((t) => ops.bceWithLogits(t, target))(x),
      ]);
      expect(error).toBeLessThan(1e-6);
    }
  });

  test('gradients keep their bits where they are small', async () => {
    const x = Float32Array.of(12, 16, 20, 30);
    const [towards, away] = await on('wasm', [{ shape: [4], values: x }], (t) => [
      tf.grad((logits) => ops.bceWithLogits(logits, 1))(t),
      tf.grad((logits) => ops.bceWithLogits(logits, 0))(tf.neg(t)),
    ]);
    x.forEach((value, i) => {
      const exact = 1 / (1 + Math.exp(value)) / 4;
      expect(Math.abs(at(towards, i) / -exact - 1)).toBeLessThan(5e-7);
      expect(Math.abs(at(away, i) / exact - 1)).toBeLessThan(5e-7);
    });
  });

  test('bce, its gradient and meanSigmoid of random logits', async () => {
    const count = fc.integer({ min: 1, max: 70 });
    const target = fc.constantFrom(0, 0.1, 0.9, 1);
    await fc.assert(
      fc.asyncProperty(count, target, fc.constantFrom(1, 10), async (length, probability, scale) => {
        const error = await errorOnWasm([scaled(noise([length, 1], 1), scale), noise([], 2)], (x, dy) => [
          ops.bceWithLogits(x, probability),
          tf.grad((logits) => ops.bceWithLogits(logits, probability))(x, dy),
          ops.meanSigmoid(x),
        ]);
        expect(error).toBeLessThan(1e-6);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('what is no number stays none', async () => {
    const logits = { shape: [5], values: Float32Array.of(0, 1, Number.NaN, 2, 3) };
    const [loss, mean] = await on('wasm', [logits], (x) => [ops.bceWithLogits(x, 1), ops.meanSigmoid(x)]);
    expect(at(loss, 0)).toBeNaN();
    expect(at(mean, 0)).toBeNaN();
  });
}
