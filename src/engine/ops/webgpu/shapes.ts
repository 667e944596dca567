import * as tf from '@tensorflow/tfjs-core';
import type { ConvInfo } from './conv.ts';
import type { MatMul } from './matmul.ts';

type Shape4 = [number, number, number, number];

export interface ConvAttrs {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly inputShape?: Shape4;
  readonly filterShape?: Shape4;
}

/** Geometry of a convolution, or undefined where our kernels do not apply: NCHW, dilation, nothing to compute. */
export function convInfo(
  inputShape: readonly number[] = [],
  filterShape: readonly number[] = [],
  { strides, pad, dataFormat = 'NHWC', dilations = 1, dimRoundingMode }: ConvAttrs,
): ConvInfo | undefined {
  const dilated = [dilations].flat().some((dilation) => dilation !== 1);
  if (dataFormat !== 'NHWC' || dilated) return undefined;
  const [input, filter] = [inputShape as Shape4, filterShape as Shape4];
  const info = tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad, dimRoundingMode);
  return [...inputShape, ...filterShape, ...info.outShape].some((size) => size < 1) ? undefined : info;
}

/** Geometry of the convolutions that nets have: 'same' padding, one stride. */
export function sameConvInfo(inputShape: readonly number[], filterShape: readonly number[], stride: number): ConvInfo {
  return tf.backend_util.computeConv2DInfo(inputShape as Shape4, filterShape as Shape4, stride, 1, 'same');
}

/** Sizes of a matrix product, or undefined where outer axes are stretched in part, which is left to tfjs. */
export function matMulSizes(
  a: readonly number[],
  b: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): { readonly sizes: MatMul; readonly shape: number[] } | undefined {
  const [rows, depth] = transposeA ? [a.at(-1), a.at(-2)] : [a.at(-2), a.at(-1)];
  const columns = transposeB ? b.at(-2) : b.at(-1);
  if (rows === undefined || depth === undefined || columns === undefined) return undefined;
  const [outerA, outerB] = [a.slice(0, -2), b.slice(0, -2)];
  const [batchA, batchB] = [tf.util.sizeFromShape(outerA), tf.util.sizeFromShape(outerB)];
  if (batchA !== 1 && batchB !== 1 && outerA.join() !== outerB.join()) return undefined;
  const batch = Math.max(batchA, batchB);
  const outer = tf.broadcast_util.assertAndGetBroadcastShape([...outerA], [...outerB]);
  const stepA = batchA === 1 ? 0 : rows * depth;
  const stepB = batchB === 1 ? 0 : depth * columns;
  return {
    sizes: { batch, rows, depth, columns, transposeA, transposeB, stepA, stepB },
    shape: [...outer, rows, columns],
  };
}
