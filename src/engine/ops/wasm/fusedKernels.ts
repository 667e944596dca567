import * as tf from '@tensorflow/tfjs-core';
import type { AdamAttrs, NormAttrs, SlopeAttrs } from '../fused.ts';
import type { KernelRuntime } from './runtime.ts';

/** Floats of a wide row at least: below, the loop over its vectors is too short to pay for itself. */
const WIDE_FLOATS = 32;

/** A tensor as rows of channels, and how many rows make a wide one (see assembly/channels.ts). */
function layout(shape: readonly number[]) {
  const channels = shape[shape.length - 1] ?? 1;
  const rows = tf.util.sizeFromShape(shape.slice(0, -1));
  let repeat = 1;
  while ((repeat * channels) % 4 !== 0) repeat *= 2;
  while (repeat * channels < WIDE_FLOATS) repeat *= 2;
  return { rows, channels, repeat, wideBytes: 4 * repeat * channels };
}

type Tensor = tf.TensorInfo;

/** See `biasAct` in ../index.ts. */
export function biasAct({ code, heap }: KernelRuntime, x: Tensor, bias: Tensor, { slope }: SlopeAttrs): Tensor {
  const { rows, channels, repeat, wideBytes } = layout(x.shape);
  const y = heap.output(x.shape);
  const [scratch] = heap.scratch([wideBytes]);
  code.biasAct(heap.pointer(x), heap.pointer(bias), heap.pointer(y), rows, channels, repeat, slope, scratch);
  return y;
}

/** Gradients with respect to x and the bias. */
export function biasActGrad({ code, heap }: KernelRuntime, y: Tensor, dy: Tensor, { slope }: SlopeAttrs): Tensor[] {
  const { rows, channels, repeat, wideBytes } = layout(y.shape);
  const dx = heap.output(y.shape);
  const dbias = heap.output([channels]);
  const [scratch] = heap.scratch([2 * wideBytes]);
  const [py, pdy, pdx, pdbias] = [y, dy, dx, dbias].map((t) => heap.pointer(t)) as [number, number, number, number];
  code.biasActGrad(py, pdy, pdx, pdbias, rows, channels, repeat, slope, scratch);
  return [dx, dbias];
}

/** See `affineAct` in ../index.ts. */
export function affineAct(
  { code, heap }: KernelRuntime,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { slope }: SlopeAttrs,
): Tensor {
  const { rows, channels, repeat, wideBytes } = layout(x.shape);
  const y = heap.output(x.shape);
  const [scratch] = heap.scratch([2 * wideBytes]);
  const [px, pscale, pshift, py] = [x, scale, shift, y].map((t) => heap.pointer(t)) as [number, number, number, number];
  code.affineAct(px, pscale, pshift, py, rows, channels, repeat, slope, scratch);
  return y;
}

/** See `normAct` in ../index.ts: y, mean, variance. */
export function normAct(
  { code, heap }: KernelRuntime,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const { rows, channels, repeat, wideBytes } = layout(x.shape);
  const y = heap.output(x.shape);
  const mean = heap.output([channels]);
  const variance = heap.output([channels]);
  const [scratch] = heap.scratch([3 * wideBytes + 4 * channels]);
  code.normAct(
    heap.pointer(x),
    heap.pointer(gamma),
    heap.pointer(beta),
    heap.pointer(y),
    heap.pointer(mean),
    heap.pointer(variance),
    rows,
    channels,
    repeat,
    epsilon,
    slope,
    scratch,
  );
  return [y, mean, variance];
}

export interface NormGradInputs {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly gamma: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Gradients with respect to x, gamma and beta. */
export function normActGrad(
  { code, heap }: KernelRuntime,
  { x, y, dy, gamma, mean, variance }: NormGradInputs,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const { rows, channels, repeat, wideBytes } = layout(x.shape);
  const dx = heap.output(x.shape);
  const dgamma = heap.output([channels]);
  const dbeta = heap.output([channels]);
  const [scratch] = heap.scratch([5 * wideBytes + 16 * channels]);
  code.normActGrad(
    heap.pointer(x),
    heap.pointer(y),
    heap.pointer(dy),
    heap.pointer(gamma),
    heap.pointer(mean),
    heap.pointer(variance),
    heap.pointer(dx),
    heap.pointer(dgamma),
    heap.pointer(dbeta),
    rows,
    channels,
    repeat,
    epsilon,
    slope,
    scratch,
  );
  return [dx, dgamma, dbeta];
}

/** See `adamUpdate` in ../index.ts: new parameter and moments. */
export function adam(
  { code, heap }: KernelRuntime,
  param: Tensor,
  grad: Tensor,
  m: Tensor,
  v: Tensor,
  { stepSize, beta1, beta2, scaledEpsilon }: AdamAttrs,
): Tensor[] {
  const outputs = [param, param, param].map((t) => heap.output(t.shape)) as [Tensor, Tensor, Tensor];
  code.adam(
    heap.pointer(param),
    heap.pointer(grad),
    heap.pointer(m),
    heap.pointer(v),
    heap.pointer(outputs[0]),
    heap.pointer(outputs[1]),
    heap.pointer(outputs[2]),
    tf.util.sizeFromShape(param.shape),
    stepSize,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    scaledEpsilon,
  );
  return outputs;
}

/** Sum of the rows of x that share a segment id; x [n, ...], ids [n] -> [segments, ...]. */
export function segmentSum({ code, heap }: KernelRuntime, x: Tensor, ids: Tensor, segments: number): Tensor {
  const inner = x.shape.slice(ids.shape.length);
  const sums = heap.output([segments, ...inner]);
  const rows = tf.util.sizeFromShape(ids.shape);
  const width = tf.util.sizeFromShape(inner);
  code.segmentSum(heap.pointer(x), heap.pointer(ids), heap.pointer(sums), rows, width, segments);
  return sums;
}
