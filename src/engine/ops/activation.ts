import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { FUSED, hasFused, runFused, type SlopeAttrs } from './fused.ts';
import { offTape } from './offTape.ts';

/**
 * y = leaky(x + bias). Differentiable as often as wanted.
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
 * y = tanh(x + bias): the end of a generator. First-order gradients only where fused; see `withComposedOps`.
 *
 * @param x [..., channels]
 * @param bias [channels]
 */
export function biasTanh<T extends tf.Tensor>(x: T, bias: tf.Tensor1D): T {
  return hasFused(FUSED.biasTanh) ? runFused<T>(FUSED.biasTanh, { x, bias }) : composed.biasTanh(x, bias);
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

/**
 * The gradient of leaky(x + bias), given its output. The sign of y tells the sign of x + bias for every slope >= 0, so
 * x need not be kept.
 *
 * @returns dx like y, dbias [channels]
 */
export function biasActGrad(y: tf.Tensor, dy: tf.Tensor, slope: number): [tf.Tensor, tf.Tensor1D] {
  const attrs: SlopeAttrs = { slope };
  // y is only looked at for its sign, which is constant almost everywhere: off the tape, no second backward pass goes through it.
  return runFused<[tf.Tensor, tf.Tensor1D]>(FUSED.biasActGrad, { y: offTape(y), dy }, attrs);
}

tf.registerGradient({
  kernelName: FUSED.biasAct,
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => {
    // Eager, not inside the two functions below: tfjs runs each in its own tidy, which would dispose the sibling.
    const [dx, dbias] = biasActGrad(saved[0] as tf.Tensor, dy as tf.Tensor, (attrs as unknown as SlopeAttrs).slope);
    return { x: () => dx, bias: () => dbias };
  },
});

tf.registerGradient({
  kernelName: FUSED.biasActGrad,
  inputsToSave: ['y'],
  gradFunc: (gradients, saved, attrs) => {
    // dx = mask(y) dy and dbias = sum of dx over rows, so that the gradient with respect to dy is mask(y) (ddx + ddbias).
    const y = saved[0] as tf.Tensor;
    const [ddx, ddbias] = gradients as [tf.Tensor, tf.Tensor];
    return {
      dy: () => biasActGrad(y, tf.add(ddx, ddbias), (attrs as unknown as SlopeAttrs).slope)[0],
    };
  },
});

tf.registerGradient({
  kernelName: FUSED.biasTanh,
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [dx, dbias] = runFused<[tf.Tensor, tf.Tensor]>(FUSED.biasTanhGrad, { y: saved[0], dy });
    return { x: () => dx, bias: () => dbias };
  },
});
