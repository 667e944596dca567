import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import * as ops from '../index.ts';
import { on } from '../testing/compare.ts';
import { at } from './testing.ts';

/** What these kernels promise beyond the backends' common tolerance: against float64, and of what is no number. */
export function accuracySuite(): void {
  test('tanh is right to 2e-7 of its value from -20 to 20, and keeps what is no number', async () => {
    const values = Float32Array.from({ length: 80_001 }, (_, i) => (i - 40_000) / 2000);
    const small = Float32Array.from({ length: 600 }, (_, i) => (i % 2 ? 1 : -1) * 10 ** (-i / 20));
    for (const x of [values, small]) {
      const [y] = await on('wasm', [{ shape: [x.length], values: x }], (t) => [
        ops.biasTanh(tf.reshape(t, [-1, 1]), tf.zeros([1])),
      ]);
      let worst = 0;
      x.forEach((value, i) => {
        const exact = Math.tanh(value);
        worst = Math.max(worst, Math.abs(at(y, i) - exact) / Math.max(Math.abs(exact), 1e-30));
      });
      expect(worst).toBeLessThan(2e-7);
    }
    const odd = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 0);
    const [y] = await on('wasm', [{ shape: [6, 1], values: odd }], (t) => [ops.biasTanh(t, tf.zeros([1]))]);
    expect(Array.from(y.values)).toEqual([Number.NaN, 1, -1, 1, -1, 0]);
  });

  test("the loss's gradients keep their bits where they are small", async () => {
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

  test('logits that are no number give losses that are none', async () => {
    const logits = { shape: [5], values: Float32Array.of(0, 1, Number.NaN, 2, 3) };
    const [loss, mean] = await on('wasm', [logits], (x) => [ops.bceWithLogits(x, 1), ops.meanSigmoid(x)]);
    expect(at(loss, 0)).toBeNaN();
    expect(at(mean, 0)).toBeNaN();
  });

  test('Adam follows PyTorch on f(x) = x^2 from 1', async () => {
    const path = [0.999, 0.9980000262, 0.9970000961, 0.9960002269, 0.9950004361];
    const settings = { alpha: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const points = await on('wasm', [{ shape: [1], values: Float32Array.of(1) }], (x) => {
      let state: ops.AdamMoments = { param: x, m: tf.zerosLike(x), v: tf.zerosLike(x) };
      return path.map((_, i) => {
        const corrections = ops.adamCorrections(settings, i + 1);
        const grad = tf.mul(state.param, 2);
        state = ops.adamUpdate([{ ...state, grad }], settings, corrections).next[0] as ops.AdamMoments;
        return state.param;
      });
    });
    points.forEach((point, i) => {
      expect(Math.abs(at(point, 0) - (path[i] as number))).toBeLessThan(1.3e-7);
    });
  });
}
