import type * as tf from '@tensorflow/tfjs-core';
import type { MatMulSizes } from '../geometry.ts';
import { columnSum, sumColumns } from './columnSums.ts';
import { type Ending, multiply } from './multiply.ts';
import type { Factor, Product } from './product.ts';
import { groupSize, once, type Program } from './program.ts';
import { elementOf, leakyFunctions, type Width, widthOf } from './rows.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

const matrixProduct = once(
  (transposeA: boolean, transposeB: boolean, rows: Width, depth: Width, columns: Width): Product => {
    const a: Factor = transposeA
      ? { along: 'side', width: rows, start: (_, index) => `plane * stepA + ${index} * rows` }
      : { along: 'depth', width: depth, start: (_, index) => `plane * stepA + ${index} * depth` };
    const b: Factor = transposeB
      ? { along: 'depth', width: depth, start: (_, index) => `plane * stepB + ${index} * depth` }
      : { along: 'side', width: columns, start: (_, index) => `plane * stepB + ${index} * columns` };
    return {
      name: `matMul${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`,
      params: ['stepA', 'stepB'],
      plane: 'let first = 0; let last = 1;',
      segment: '',
      a,
      b,
      row: { start: (_, index) => `(plane * rows + ${index}) * columns` },
      width: columns,
    };
  },
);

/** The products of a and b, as [batch, rows, columns] in `result`. */
export function matMul(
  runtime: Runtime,
  a: Tensor,
  b: Tensor,
  sizes: MatMulSizes,
  shape: number[],
  ending?: Ending,
): Tensor {
  const { batch, rows, depth, columns, transposeA, transposeB, stepA, stepB } = sizes;
  if (batch === 1 && columns === 1 && depth >= longDot && !transposeA) {
    return dotRows(runtime, a, b, rows, depth, shape, ending);
  }
  if (batch === 1 && columns === 1 && !ending && transposeA && depth >= longDot) {
    const [result] = sumColumns(runtime, weightedSum, [depth, rows], 1, { reads: { matrix: a, weights: b } }) as [
      Tensor,
    ];
    return { ...result, shape };
  }
  const result = runtime.output(shape);
  multiply(runtime, 'matMul', matrixProduct(transposeA, transposeB, widthOf(rows), widthOf(depth), widthOf(columns)), {
    a,
    b,
    result,
    size: { planes: batch, rows, columns, depth },
    params: { stepA, stepB },
    ending,
  });
  return result;
}

/** Terms from which on a dot product is worth a workgroup. */
const longDot = 64;

const dotProgram = once((width: Width, ended: boolean): Program => {
  const element = elementOf(width);
  const product = width === 4 ? 'dot(matrix[row * depth + k], vector[k])' : 'matrix[row * depth + k] * vector[k]';
  return {
    name: `dotRows x${width}${ended ? ' biasAct' : ''}`,
    reads: { matrix: element, vector: element, ...(ended && { bias: 'f32' }) },
    writes: { result: 'f32' },
    params: { rows: 'i32', depth: 'i32', ...(ended && { slope: 'f32' }) },
    declarations: `${leakyFunctions('f32')}\nvar<workgroup> scratch: array<f32, ${groupSize}>;`,
    body: `
      let row = min(group, rows - 1);
      var sum = 0.0;
      for (var k = lane; k < depth; k += ${groupSize}) { sum += ${product}; }
      scratch[lane] = sum;
      workgroupBarrier();
      if (lane != 0 || group >= rows) { return; }
      for (var other = 1; other < ${groupSize}; other++) { sum += scratch[other]; }
      result[row] = ${ended ? 'leaky(sum + bias[0], slope)' : 'sum'};`,
  };
});

/** A matrix [rows, depth] times a vector, a workgroup for each row. */
function dotRows(
  runtime: Runtime,
  matrix: Tensor,
  vector: Tensor,
  rows: number,
  length: number,
  shape: number[],
  ending?: Ending,
): Tensor {
  const width = widthOf(length);
  const result = runtime.output(shape);
  runtime.run(dotProgram(width, ending !== undefined), {
    reads: { matrix, vector, ...(ending && { bias: ending.bias }) },
    writes: { result },
    params: { rows, depth: length / width, ...(ending && { slope: ending.slope }) },
    groups: rows,
  });
  return result;
}

const weightedSum = columnSum({
  name: 'weightedSum',
  reads: { matrix: 'element', weights: 'f32' },
  sums: 1,
  element: 'sum0 += matrix[i] * weights[row];',
});
