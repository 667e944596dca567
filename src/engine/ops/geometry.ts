/** Sizes of convolutions and matrix products, as backends' own kernels need them. */
import * as tf from '@tensorflow/tfjs-core';

type Shape4 = [number, number, number, number];

/** What tfjs computes of a convolution's attributes. */
export type ConvInfo = tf.backend_util.Conv2DInfo;

/** Attributes of tfjs' Conv2D and its two gradients. */
export interface ConvAttrs {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Of Conv2DBackpropInput. */
  readonly inputShape?: Shape4;
  /** Of Conv2DBackpropFilter. */
  readonly filterShape?: Shape4;
}

/**
 * Geometry of a convolution, or undefined where our kernels do not apply: NCHW, dilation, nothing to compute.
 *
 * @param inputShape [batch, height, width, in]
 * @param filterShape [kh, kw, in, out]
 */
export function convInfo(
  inputShape: readonly number[] = [],
  filterShape: readonly number[] = [],
  { strides, pad, dataFormat = 'NHWC', dilations = 1, dimRoundingMode }: ConvAttrs,
): ConvInfo | undefined {
  const dilated = [dilations].flat().some((dilation) => dilation !== 1);
  if (inputShape.length !== 4 || filterShape.length !== 4 || dataFormat !== 'NHWC' || dilated) return undefined;
  const [input, filter] = [inputShape as Shape4, filterShape as Shape4];
  const info = tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad, dimRoundingMode);
  return [...input, ...filter, ...info.outShape].some((size) => size < 1) ? undefined : info;
}

/** Geometry of the convolutions that nets have: 'same' padding, one stride. Shapes as above. */
export function sameInfo(inputShape: readonly number[], filterShape: readonly number[], stride: number): ConvInfo {
  return tf.backend_util.computeConv2DInfo(inputShape as Shape4, filterShape as Shape4, stride, 1, 'same');
}

/** One or many products of matrices of one size. */
export interface MatMulSizes {
  readonly batch: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Elements from one matrix to the next: 0 where all products share it. */
  readonly stepA: number;
  readonly stepB: number;
}

/**
 * Sizes of a matrix product of tfjs, or undefined where our kernels do not apply: outer axes stretched in part, nothing to
 * compute.
 *
 * @param a [..., rows, depth], or its transpose
 * @param b [..., depth, columns], or its transpose
 * @returns `shape` [..., rows, columns] of the result
 */
export function matMulSizes(
  a: readonly number[],
  b: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): { readonly sizes: MatMulSizes; readonly shape: number[] } | undefined {
  const [rows = 0, depth = 0] = transposeA ? [a.at(-1), a.at(-2)] : [a.at(-2), a.at(-1)];
  const [columns = 0, depthOfB = 0] = transposeB ? [b.at(-2), b.at(-1)] : [b.at(-1), b.at(-2)];
  const [outerA, outerB] = [a.slice(0, -2), b.slice(0, -2)];
  const [batchA, batchB] = [tf.util.sizeFromShape(outerA), tf.util.sizeFromShape(outerB)];
  if (depth !== depthOfB || rows * depth * columns * batchA * batchB === 0) return undefined;
  if (batchA !== 1 && batchB !== 1 && outerA.join() !== outerB.join()) return undefined;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape([...outerA], [...outerB]);
  const batch = Math.max(batchA, batchB);
  const stepA = batchA === 1 ? 0 : rows * depth;
  const stepB = batchB === 1 ? 0 : depth * columns;
  return {
    sizes: { batch, rows, depth, columns, transposeA, transposeB, stepA, stepB },
    shape: [...outer, rows, columns],
  };
}
