import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ops from '../index.ts';
import { type Compare, noise } from './compare.ts';

export interface MatMulCase {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** @returns the largest relative error of a product, with these axes before those of the matrices */
export function matMulError(
  compare: Compare,
  sizes: MatMulCase,
  outerA: number[] = [],
  outerB: number[] = [],
): Promise<number> {
  const { rows, depth, columns, transposeA, transposeB } = sizes;
  const a = noise([...outerA, ...(transposeA ? [depth, rows] : [rows, depth])], 1);
  const b = noise([...outerB, ...(transposeB ? [columns, depth] : [depth, columns])], 2);
  return compare([a, b], (ta, tb) => [tf.matMul(ta, tb, transposeA, transposeB)]);
}

export const transposes = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

/**
 * Matrix products and dense layers against the cpu backend.
 *
 * @param runs random sizes
 */
export function matMulSuite(compare: Compare, runs: number): void {
  describe.each(transposes)('matMul, transposeA %s, transposeB %s', (transposeA, transposeB) => {
    test.each([
      [64, 100, 392],
      [7, 5, 3],
      [1, 1, 1],
      [6, 8, 8],
      [13, 1, 17],
      [1, 33, 9],
      [33, 47, 1],
      [1, 70, 1],
      [5, 1000, 4],
      [200, 3, 5],
      [9, 3000, 1],
      [40, 36, 64],
    ])('[%i, %i] by %i columns', async (rows, depth, columns) => {
      expect(await matMulError(compare, { rows, depth, columns, transposeA, transposeB })).toBeLessThan(1e-5);
    });

    test('batches, and one operand shared by them', async () => {
      const sizes = { rows: 5, depth: 6, columns: 9, transposeA, transposeB };
      const outers: [number[], number[]][] = [
        [[3], [3]],
        [[3], [1]],
        [[1], [3]],
        [
          [2, 2],
          [2, 2],
        ],
        [[1, 1], [3]],
      ];
      for (const [a, b] of outers) expect(await matMulError(compare, sizes, a, b)).toBeLessThan(1e-5);
    });
  });

  test('matMul: random sizes', async () => {
    const size = fc.integer({ min: 1, max: 70 });
    const sizes = fc.record<MatMulCase>({
      rows: size,
      depth: fc.oneof(size, fc.integer({ min: 440, max: 460 })),
      columns: size,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
    });
    const property = fc.asyncProperty(sizes, async (s) => {
      expect(await matMulError(compare, s)).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });

  test('denseAct with its gradients: random sizes', async () => {
    const size = fc.oneof(fc.constantFrom(1, 3, 4, 5, 64), fc.integer({ min: 1, max: 70 }));
    const property = fc.asyncProperty(size, size, size, fc.constantFrom(0, 0.2, 1), async (rows, depth, out, slope) => {
      const inputs = [noise([rows, depth], 1), noise([depth, out], 2), noise([out], 3), noise([rows, out], 4)] as const;
      const error = await compare(inputs, (x, kernel, bias, dy) => {
        const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
          ops.denseAct(a as tf.Tensor2D, b as tf.Tensor2D, c as tf.Tensor1D, slope);
        return [f(x, kernel, bias), ...tf.grads(f)([x, kernel, bias], dy)];
      });
      expect(error).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: Math.ceil(runs / 2), seed: 9 });
  });
}
