import * as tf from '@tensorflow/tfjs-core';

export type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Shape4 = [number, number, number, number];

interface ConvAttrs {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Geometry of a convolution, or undefined where our kernels do not apply (NCHW, dilation, empty tensors). */
export function convInfo(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: unknown,
): ConvInfo | undefined {
  const { strides, pad, dataFormat = 'NHWC', dilations = 1, dimRoundingMode } = attrs as ConvAttrs;
  const dilated = Array.isArray(dilations) ? dilations.some((d) => d !== 1) : dilations !== 1;
  if (dataFormat !== 'NHWC' || dilated) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );
  const sizes = [...inputShape, ...filterShape, ...info.outShape];
  return sizes.some((size) => size < 1) ? undefined : info;
}

/** Of a convolution with 'same' padding and one stride. */
export function sameInfo(inputShape: readonly number[], filterShape: readonly number[], stride: number): ConvInfo {
  return tf.backend_util.computeConv2DInfo(inputShape as Shape4, filterShape as Shape4, stride, 1, 'same');
}
