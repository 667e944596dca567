import * as tf from '@tensorflow/tfjs-core';
import { biasAct, biasActGrad } from './activation.ts';
import { type ConvActAttrs, type ConvTransposeActAttrs, FUSED, hasFused, runFused } from './fused.ts';

/**
 * Two-dimensional convolution with 'same' padding (as TensorFlow pads: the odd pixel goes right and below).
 * A backend's faster kernel is registered under the stock name, so this stays a plain tfjs call.
 *
 * @param x [batch, height, width, in]
 * @param filter [kh, kw, in, out]
 * @returns [batch, ceil(height / stride), ceil(width / stride), out]
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D {
  return tf.conv2d(x, filter, stride, 'same');
}

/**
 * Transposed convolution with 'same' padding: the gradient of `conv2d` with respect to its input, used forwards.
 *
 * @param x [batch, h, w, in]
 * @param filter [kh, kw, out, in]
 * @param outputHW output height and width; ceil(height / stride) must be h, and likewise for the width
 * @returns [batch, height, width, out]
 */
export function conv2dTranspose(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  outputHW: readonly [number, number],
  stride: number,
): tf.Tensor4D {
  const shape: [number, number, number, number] = [x.shape[0], outputHW[0], outputHW[1], filter.shape[2]];
  return tf.conv2dTranspose(x, filter, shape, stride, 'same');
}

/**
 * leaky(conv2d(x, filter) + bias). Differentiable as often as wanted.
 *
 * @param bias [out]
 * @param slope negative slope: 1 is linear, 0 ReLU
 */
export function convAct(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  stride: number,
  slope: number,
): tf.Tensor4D {
  if (!hasFused(FUSED.convAct)) return biasAct(conv2d(x, filter, stride), bias, slope);
  const attrs: ConvActAttrs = { stride, slope };
  return runFused<tf.Tensor4D>(FUSED.convAct, { x, filter, bias }, attrs);
}

/** leaky(conv2dTranspose(x, filter) + bias), likewise. */
export function convTransposeAct(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  outputHW: readonly [number, number],
  stride: number,
  slope: number,
): tf.Tensor4D {
  if (!hasFused(FUSED.convTransposeAct)) return biasAct(conv2dTranspose(x, filter, outputHW, stride), bias, slope);
  const attrs: ConvTransposeActAttrs = { stride, slope, height: outputHW[0], width: outputHW[1] };
  return runFused<tf.Tensor4D>(FUSED.convTransposeAct, { x, filter, bias }, attrs);
}

interface FilterGradAttrs {
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function filterGrad(x: tf.Tensor4D, dy: tf.Tensor4D, filter: tf.Tensor4D, strides: number): tf.Tensor4D {
  const attrs = { strides, pad: 'same', dataFormat: 'NHWC', filterShape: filter.shape };
  return tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs as unknown as tf.NamedAttrMap) as tf.Tensor4D;
}

// tfjs has none, so that a gradient could not go through a filter's gradient. dW is linear in x and in dy, and its adjoints
// are the convolution itself and its other gradient.
tf.registerGradient({
  kernelName: 'Conv2DBackpropFilter',
  inputsToSave: ['x', 'dy'],
  gradFunc: (ddw, saved, attrs) => {
    const [x, dy] = saved as [tf.Tensor4D, tf.Tensor4D];
    const filter = ddw as tf.Tensor4D;
    const { strides, pad, dimRoundingMode } = attrs as unknown as FilterGradAttrs;
    return {
      x: () => tf.conv2dTranspose(dy, filter, x.shape, strides, pad, dimRoundingMode),
      dy: () => tf.conv2d(x, filter, strides, pad, 'NHWC', 1, dimRoundingMode),
    };
  },
});

tf.registerGradient({
  kernelName: FUSED.convAct,
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => {
    const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const { stride, slope } = attrs as unknown as ConvActAttrs;
    const [dsum, dbias] = biasActGrad(y, dy as tf.Tensor4D, slope) as [tf.Tensor4D, tf.Tensor1D];
    return {
      x: () => conv2dTranspose(dsum, filter, [x.shape[1], x.shape[2]], stride),
      filter: () => filterGrad(x, dsum, filter, stride),
      bias: () => dbias,
    };
  },
});

tf.registerGradient({
  kernelName: FUSED.convTransposeAct,
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => {
    const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const { stride, slope } = attrs as unknown as ConvTransposeActAttrs;
    const [dsum, dbias] = biasActGrad(y, dy as tf.Tensor4D, slope) as [tf.Tensor4D, tf.Tensor1D];
    return {
      x: () => conv2d(dsum, filter, stride),
      filter: () => filterGrad(dsum, x, filter, stride),
      bias: () => dbias,
    };
  },
});
