import { describe, expect, test } from 'vitest';
import { type ConvAttrs, convInfo, matMulSizes, sameInfo } from './geometry.ts';

describe('convolutions', () => {
  const [input, filter] = [
    [2, 7, 9, 3],
    [4, 4, 3, 5],
  ] as const;
  const attrs: ConvAttrs = { strides: [2, 1], pad: 'same' };

  test("'same' padding puts the odd pixel right and below", () => {
    const { outShape, padInfo } = sameInfo([2, 8, 9, 3], filter, 2);
    expect(outShape).toEqual([2, 4, 5, 5]);
    expect(padInfo).toMatchObject({ top: 1, bottom: 1, left: 1, right: 2 });
    expect(sameInfo(input, filter, 1).padInfo).toMatchObject({ top: 1, bottom: 2, left: 1, right: 2 });
  });

  test("convInfo takes what tfjs' ops are given", () => {
    expect(convInfo(input, filter, attrs)?.outShape).toEqual([2, 4, 9, 5]);
    expect(convInfo(input, filter, { ...attrs, dilations: [1, 1], dataFormat: 'NHWC' })).toBeDefined();
    expect(convInfo(input, filter, { ...attrs, pad: 'valid' })?.outShape).toEqual([2, 2, 6, 5]);
    const padded: ConvAttrs = { strides: 2, pad: 2, dimRoundingMode: 'floor' };
    expect(convInfo(input, filter, padded)?.outShape).toEqual([2, 4, 5, 5]);
    expect(convInfo(input, filter, { ...padded, dimRoundingMode: 'ceil' })?.outShape).toEqual([2, 5, 6, 5]);
    expect(convInfo(input, filter, { ...attrs, strides: 2 })).toEqual(sameInfo(input, filter, 2));
  });

  test.each<[string, readonly number[] | undefined, readonly number[] | undefined, Partial<ConvAttrs>]>([
    ['channels first', input, filter, { dataFormat: 'NCHW' }],
    ['dilation', input, filter, { dilations: 2 }],
    ['dilation along one axis', input, filter, { dilations: [1, 2] }],
    ['no image', [0, 7, 9, 3], filter, {}],
    ['no filter', input, [4, 4, 3, 0], {}],
    ['no output: a filter wider than the image', [2, 3, 3, 3], filter, { pad: 'valid' }],
    ['a shape that is not given', undefined, filter, {}],
    ['a filter that is not given', input, undefined, {}],
  ])('ours do not apply: %s', (_what, inputShape, filterShape, change) => {
    expect(convInfo(inputShape, filterShape, { ...attrs, ...change })).toBeUndefined();
  });
});

describe('matrix products', () => {
  test.each([
    { a: [2, 3], b: [3, 5], transposeA: false, transposeB: false },
    { a: [3, 2], b: [3, 5], transposeA: true, transposeB: false },
    { a: [2, 3], b: [5, 3], transposeA: false, transposeB: true },
    { a: [3, 2], b: [5, 3], transposeA: true, transposeB: true },
  ])('$a by $b, transposed $transposeA, $transposeB', ({ a, b, transposeA, transposeB }) => {
    expect(matMulSizes(a, b, transposeA, transposeB)).toEqual({
      sizes: { batch: 1, rows: 2, depth: 3, columns: 5, transposeA, transposeB, stepA: 0, stepB: 0 },
      shape: [2, 5],
    });
  });

  test.each([
    { outerA: [4], outerB: [4], shape: [4], batch: 4, stepA: 6, stepB: 15 },
    { outerA: [2, 4], outerB: [2, 4], shape: [2, 4], batch: 8, stepA: 6, stepB: 15 },
    { outerA: [4], outerB: [], shape: [4], batch: 4, stepA: 6, stepB: 0 },
    { outerA: [1], outerB: [4], shape: [4], batch: 4, stepA: 0, stepB: 15 },
    // The result has the axes of both, whichever is stretched.
    { outerA: [1, 1], outerB: [4], shape: [1, 4], batch: 4, stepA: 0, stepB: 15 },
  ])('batches $outerA and $outerB', ({ outerA, outerB, shape, ...sizes }) => {
    const found = matMulSizes([...outerA, 2, 3], [...outerB, 3, 5], false, false);
    expect(found?.shape).toEqual([...shape, 2, 5]);
    expect(found?.sizes).toMatchObject(sizes);
  });

  test.each([
    ['outer axes stretched in part', [2, 1, 2, 3], [1, 2, 3, 5]],
    ['outer axes of other ranks', [2, 2, 3], [1, 2, 3, 5]],
    ['no rows', [0, 3], [3, 5]],
    ['no depth', [2, 0], [0, 5]],
    ['no matrices', [0, 2, 3], [3, 5]],
    ['another depth', [2, 3], [4, 5]],
    ['a vector', [3], [3, 5]],
  ])('ours do not apply: %s', (_what, a, b) => {
    expect(matMulSizes(a, b, false, false)).toBeUndefined();
  });
});
