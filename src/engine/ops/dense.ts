import * as tf from '@tensorflow/tfjs-core';
import { biasAct, biasActGrad } from './activation.ts';
import { FUSED, hasFused, runFused, type SlopeAttrs } from './fused.ts';

/**
 * leaky(x kernel + bias). Differentiable as often as wanted.
 *
 * @param x [batch, in]
 * @param kernel [in, out]
 * @param bias [out]
 * @param slope negative slope: 1 is linear, 0 ReLU
 */
export function denseAct(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, slope: number): tf.Tensor2D {
  if (!hasFused(FUSED.denseAct)) return biasAct(tf.matMul(x, kernel), bias, slope);
  const attrs: SlopeAttrs = { slope };
  return runFused<tf.Tensor2D>(FUSED.denseAct, { x, kernel, bias }, attrs);
}

tf.registerGradient({
  kernelName: FUSED.denseAct,
  inputsToSave: ['x', 'kernel'],
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => {
    const [x, kernel, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const { slope } = attrs as unknown as SlopeAttrs;
    const [dsum, dbias] = biasActGrad(y, dy as tf.Tensor, slope) as [tf.Tensor2D, tf.Tensor1D];
    return {
      x: () => tf.matMul(dsum, kernel, false, true),
      kernel: () => tf.matMul(x, dsum, true, false),
      bias: () => dbias,
    };
  },
});
