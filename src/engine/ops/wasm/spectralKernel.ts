import type * as tf from '@tensorflow/tfjs-core';
import type { PowerAttrs } from '../fused.ts';
import { columnsTimesVector, rowsTimesVector } from './matmulKernel.ts';
import type { KernelRuntime } from './runtime.ts';

/** See `powerIteration` in ../spectral.ts: u and v. */
export function powerIteration(
  runtime: KernelRuntime,
  matrix: tf.TensorInfo,
  u: tf.TensorInfo,
  { iterations, epsilon }: PowerAttrs,
): tf.TensorInfo[] {
  const { code, heap } = runtime;
  const [rows = 0, columns = 0] = matrix.shape;
  const left = heap.output([rows]);
  const right = heap.output([columns]);
  const [w, pu, pv] = [heap.pointer(matrix), heap.pointer(left), heap.pointer(right)];
  for (let i = 0; i < iterations; i++) {
    columnsTimesVector(runtime, w, i === 0 ? heap.pointer(u) : pu, pv, rows, columns);
    code.normalise(pv, pv, columns, epsilon);
    rowsTimesVector(runtime, w, pv, pu, rows, columns);
    code.normalise(pu, pu, rows, epsilon);
  }
  return [left, right];
}
