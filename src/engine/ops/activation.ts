import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { FUSED, hasFused, runFused, type SlopeAttrs } from './fused.ts';

/**
 * y = leaky(x + bias): the end of every convolution and dense layer without a norm.
 * First-order gradients only where the backend has a fused kernel; see `withComposedOps`.
 *
 * @param x [..., channels]
 * @param bias [channels]
 * @param slope negative slope: 1 is linear, 0 ReLU, 0.2 the DCGAN leaky ReLU
 */
export function biasAct<T extends tf.Tensor>(x: T, bias: tf.Tensor1D, slope: number): T {
  if (!hasFused(FUSED.biasAct)) return composed.biasAct(x, bias, slope);
  const attrs: SlopeAttrs = { slope };
  return runFused<T>(FUSED.biasAct, { x, bias }, attrs);
}

/**
 * y = leaky(x * scale + shift) for each channel: batch norm with fixed statistics, where
 * scale = gamma / sqrt(variance + epsilon) and shift = beta - mean * scale. Not differentiable where fused: it is
 * for sampling, not for training.
 *
 * @param x [..., channels]
 * @param scale [channels]
 * @param shift [channels]
 */
export function affineAct<T extends tf.Tensor>(x: T, scale: tf.Tensor1D, shift: tf.Tensor1D, slope: number): T {
  if (!hasFused(FUSED.affineAct)) return composed.affineAct(x, scale, shift, slope);
  const attrs: SlopeAttrs = { slope };
  return runFused<T>(FUSED.affineAct, { x, scale, shift }, attrs);
}

tf.registerGradient({
  kernelName: FUSED.biasAct,
  // The sign of y tells the sign of x + bias for every slope >= 0, so the input need not be kept.
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => {
    // Eager, not inside the two functions below: tfjs runs each in its own tidy, which would dispose the sibling.
    const [dx, dbias] = runFused<[tf.Tensor, tf.Tensor]>(
      FUSED.biasActGrad,
      { y: saved[0] as tf.Tensor, dy: dy as tf.Tensor },
      attrs,
    );
    return { x: () => dx, bias: () => dbias };
  },
});
