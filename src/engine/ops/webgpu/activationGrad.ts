import type * as tf from '@tensorflow/tfjs-core';
import type { SlopeAttrs } from '../fused.ts';
import { columnSum, sumColumns } from './columnSums.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

const leakyGrad = columnSum({
  name: 'biasActGrad',
  reads: { y: 'element', dy: 'element' },
  writes: ['dx'],
  scalars: ['slope'],
  sums: 1,
  element: 'let d = leakyGrad(y[i], dy[i], slope); dx[i] = d; sum0 += d;',
});

const linearGrad = columnSum({
  name: 'biasGrad',
  reads: { dy: 'element' },
  sums: 1,
  element: 'sum0 += dy[i];',
});

/** Gradients with respect to x and the bias. */
export function biasActGrad(runtime: Runtime, y: Tensor, dy: Tensor, { slope }: SlopeAttrs): Tensor[] {
  if (slope === 1) {
    // dx is dy: the same data under one more name.
    runtime.backend.incRef(dy.dataId);
    const dx = { dataId: dy.dataId, shape: y.shape, dtype: dy.dtype };
    return [dx, ...sumColumns(runtime, linearGrad, y.shape, 1, { reads: { dy } })];
  }
  const dx = runtime.output(y.shape);
  const io = { reads: { y, dy }, writes: { dx }, scalars: { slope } };
  return [dx, ...sumColumns(runtime, leakyGrad, y.shape, 1, io)];
}

const tanhGrad = columnSum({
  name: 'biasTanhGrad',
  reads: { y: 'element', dy: 'element' },
  writes: ['dx'],
  sums: 1,
  element: 'let d = dy[i] * (1.0 - y[i] * y[i]); dx[i] = d; sum0 += d;',
});

/** Gradients of tanh(x + bias) with respect to x and the bias. */
export function biasTanhGrad(runtime: Runtime, y: Tensor, dy: Tensor): Tensor[] {
  const dx = runtime.output(y.shape);
  return [dx, ...sumColumns(runtime, tanhGrad, y.shape, 1, { reads: { y, dy }, writes: { dx } })];
}
