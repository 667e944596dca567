import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ops from '../index.ts';
import { errorOnWasm, noise, PATIENCE } from './testing.ts';

interface Sizes {
  rows: number;
  depth: number;
  columns: number;
  transposeA: boolean;
  transposeB: boolean;
}

function error({ rows, depth, columns, transposeA, transposeB }: Sizes, outerA: number[] = [], outerB: number[] = []) {
  const a = noise([...outerA, ...(transposeA ? [depth, rows] : [rows, depth])], 1);
  const b = noise([...outerB, ...(transposeB ? [columns, depth] : [depth, columns])], 2);
  return errorOnWasm([a, b], (ta, tb) => [tf.matMul(ta, tb, transposeA, transposeB)]);
}

const sides = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

/** The tests of these kernels, for either build of them: call where both backends have started. */
export function matmulSuite(): void {
  describe.each(sides)('matMul, transposeA %s, transposeB %s, equals the cpu backend', (transposeA, transposeB) => {
    test.each([
      [64, 100, 6272 / 16],
      [7, 5, 3],
      [1, 1, 1],
      [6, 8, 8],
      [13, 1, 17],
      [1, 33, 9],
      [33, 47, 1],
      [1, 70, 1],
      [5, 1000, 4],
      [200, 3, 5],
    ])('[%i, %i] by %i columns', async (rows, depth, columns) => {
      expect(await error({ rows, depth, columns, transposeA, transposeB })).toBeLessThan(1e-5);
    });

    test('batches, and one operand shared by them', async () => {
      const sizes = { rows: 5, depth: 6, columns: 9, transposeA, transposeB };
      expect(await error(sizes, [3], [3])).toBeLessThan(1e-5);
      expect(await error(sizes, [3], [1])).toBeLessThan(1e-5);
      expect(await error(sizes, [1], [3])).toBeLessThan(1e-5);
      expect(await error(sizes, [2, 2], [2, 2])).toBeLessThan(1e-5);
      expect(await error(sizes, [2, 1], [1, 2])).toBeLessThan(1e-5);
    });
  });

  test('random sizes', async () => {
    const size = fc.integer({ min: 1, max: 40 });
    const sizes = fc.record<Sizes>({
      rows: size,
      depth: fc.oneof(size, fc.integer({ min: 440, max: 460 })),
      columns: size,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async (s) => {
        expect(await error(s)).toBeLessThan(1e-5);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test.each([
    ['fewer row tiles than threads want', { rows: 20, depth: 3000, columns: 30 }],
    ['more packed rows than are kept at a time', { rows: 190, depth: 20_000, columns: 112 }],
  ])('a transposed A with %s', { timeout: PATIENCE }, async (_name, sizes) => {
    expect(await error({ ...sizes, transposeA: true, transposeB: false })).toBeLessThan(1e-5);
  });

  test('random dense layers', async () => {
    const size = fc.oneof(fc.constantFrom(1, 3, 4, 5, 64), fc.integer({ min: 1, max: 40 }));
    await fc.assert(
      fc.asyncProperty(size, size, size, fc.constantFrom(0, 0.2, 1), async (rows, depth, columns, slope) => {
        const shapes = [[rows, depth], [depth, columns], [columns], [rows, columns]];
        const error = await errorOnWasm(
          shapes.map((shape, i) => noise(shape, i + 1)),
          (...tensors) => {
            const [x, kernel, bias, dy] = tensors as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
            const layer = (a: tf.Tensor, k: tf.Tensor, b: tf.Tensor) =>
              ops.denseAct(a as tf.Tensor2D, k as tf.Tensor2D, b as tf.Tensor1D, slope);
            return [layer(x, kernel, bias), ...tf.grads(layer)([x, kernel, bias], dy)];
          },
        );
        expect(error).toBeLessThan(1e-5);
      }),
      { numRuns: 80, seed: 7 },
    );
  });

  test('random power iterations', async () => {
    const size = fc.integer({ min: 1, max: 50 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 1, max: 3 }), async (rows, columns, iterations) => {
        const error = await errorOnWasm([noise([rows, columns], 1), noise([rows], 2)], (matrix, u) => {
          const next = ops.powerIteration(matrix as tf.Tensor2D, u as tf.Tensor1D, iterations);
          return [next.u, next.v];
        });
        expect(error).toBeLessThan(1e-5);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
}
