import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorOnWasm, noise } from './testing.ts';

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
}
