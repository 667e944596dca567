import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ConvShape, convActError } from '../testing/conv.suite.ts';
import { matMulError, transposes } from '../testing/matmul.suite.ts';
import { rowsErrors } from '../testing/rows.suite.ts';
import { errorOnWasm, PATIENCE } from './testing.ts';

/** Shapes that these kernels cut up in their own way, or leave to tfjs. */
export function tilesSuite(): void {
  test('random layers, with as many images as fill a tile and more', async () => {
    const side = fc.integer({ min: 1, max: 11 });
    const count = fc.constantFrom(1, 3, 4, 5, 8, 15, 16, 17, 64);
    const square = (min: number, max: number) => fc.integer({ min, max }).map((size): [number, number] => [size, size]);
    const layers = fc.record<ConvShape>({
      // More than a tile has rows, so that whole tiles stand at one place; and fewer, so that none does.
      batch: fc.constantFrom(1, 2, 5, 6, 7, 13),
      height: side,
      width: side,
      channels: count,
      filters: count,
      kernel: square(3, 5),
      stride: square(1, 2),
      pad: fc.constant('same'),
    });
    const property = fc.asyncProperty(layers, fc.constantFrom(0, 0.2, 1), async (layer, slope) => {
      expect(await convActError(errorOnWasm, layer, slope)).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: 80, seed: 7 });
  });

  test.each([
    ['fewer row tiles than threads want', { rows: 20, depth: 3000, columns: 30 }],
    ['more packed rows than are kept at a time', { rows: 190, depth: 20_000, columns: 112 }],
  ])('a product of a transposed matrix with %s', { timeout: PATIENCE }, async (_name, sizes) => {
    const error = await matMulError(errorOnWasm, { ...sizes, transposeA: true, transposeB: false });
    expect(error).toBeLessThan(1e-5);
  });

  test('a product whose outer axes are stretched in part is left to tfjs', async () => {
    for (const [transposeA, transposeB] of transposes) {
      const sizes = { rows: 5, depth: 6, columns: 9, transposeA, transposeB };
      expect(await matMulError(errorOnWasm, sizes, [2, 1], [1, 2])).toBeLessThan(1e-5);
    }
  });

  test('random rows, enough for several blocks and for some left over', async () => {
    const size = fc.integer({ min: 1, max: 70 });
    const rows = fc.oneof(size, fc.integer({ min: 120, max: 400 }));
    const channels = fc.oneof(fc.constantFrom(1, 3, 4, 5, 64), size, fc.integer({ min: 250, max: 530 }));
    const property = fc.asyncProperty(rows, channels, fc.constantFrom(0, 0.2, 1), async (height, width, slope) => {
      for (const error of await rowsErrors(errorOnWasm, [height, width], slope)) expect(error).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: 60, seed: 7 });
  });
}
