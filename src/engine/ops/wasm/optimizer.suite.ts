import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ops from '../index.ts';
import { at, errorOnWasm, noise, on, relativeError } from './testing.ts';

/** The tests of these kernels, for either build of them: call where both backends have started. */
export function optimizerSuite(): void {
  describe('Adam', () => {
    test.each([[1], [4], [7], [3, 5, 2]])(
      'shape %s over five steps equals the composed op on cpu',
      async (...shape) => {
        const settings = { alpha: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
        const inputs = [noise(shape, 1), ...[2, 3, 4, 5, 6].map((seed) => noise(shape, seed))];
        const error = await errorOnWasm(inputs, (param, ...grads) => {
          let state: ops.AdamMoments = { param, m: tf.zerosLike(param), v: tf.zerosLike(param) };
          grads.forEach((grad, i) => {
            const corrections = ops.adamCorrections(settings, i + 1);
            state = ops.adamUpdate([{ ...state, grad }], settings, corrections).next[0] as ops.AdamMoments;
          });
          return [state.param, state.m, state.v];
        });
        expect(error).toBeLessThan(1e-6);
      },
    );

    test('follows PyTorch on f(x) = x^2 from 1', async () => {
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

    test('many tensors at once, with their averages and the norm of all gradients', async () => {
      const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 4090, max: 9000 }));
      await fc.assert(
        fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), fc.boolean(), async (sizes, averaged) => {
          const settings = { alpha: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
          const inputs = sizes.flatMap((length, i) => [1, 2, 3, 4, 5].map((seed) => noise([length], 7 * i + seed)));
          const error = await errorOnWasm(inputs, (...tensors) => {
            const states = sizes.map((_, i) => {
              const [param, grad, m, v, average] = tensors.slice(5 * i, 5 * i + 5) as [
                tf.Tensor,
                tf.Tensor,
                tf.Tensor,
                tf.Tensor,
                tf.Tensor,
              ];
              return { param, grad, m, v: tf.square(v), ...(averaged && { average }) };
            });
            const corrections = ops.adamCorrections(settings, 3);
            const { gradientNorm, next } = ops.adamUpdate(states, settings, corrections, 0.9);
            expect(next.every(({ average }) => (average !== undefined) === averaged)).toBe(true);
            return [
              gradientNorm,
              ...next.flatMap(({ param, m, v, average }) => [param, m, v, ...(average ? [average] : [])]),
            ];
          });
          expect(error).toBeLessThan(1e-6);
        }),
        { numRuns: 25, seed: 7 },
      );
    });

    test('leaves its inputs alone', async () => {
      const grad = noise([9], 2);
      const [param] = await on('wasm', [noise([9], 1), grad], (p, g) => {
        ops.adamUpdate(
          [{ param: p, grad: g, m: g, v: g }],
          { alpha: 1, beta1: 0, beta2: 0, epsilon: 1 },
          { first: 1, second: 1 },
        );
        return [p];
      });
      expect(relativeError(param, noise([9], 1))).toBe(0);
    });
  });

  test('blend, of random sizes', async () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 4090, max: 12_300 }));
    await fc.assert(
      fc.asyncProperty(size, fc.constantFrom(0, 0.3, 0.999, 1), async (length, keep) => {
        const error = await errorOnWasm([noise([length], 1), noise([length], 2)], (a, b) => [ops.blend(a, b, keep)]);
        expect(error).toBeLessThan(1e-6);
      }),
      { numRuns: 30, seed: 7 },
    );
  });
}
