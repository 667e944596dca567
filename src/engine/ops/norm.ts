import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { FUSED, hasFused, type NormAttrs, runFused } from './fused.ts';
import type { NormActResult } from './types.ts';

/**
 * Batch normalisation with the statistics of this batch (biased variance, over every axis but the last), then leaky
 * ReLU (Ioffe & Szegedy 2015, algorithm 1). First-order gradients only where fused; see `withComposedOps`.
 *
 * @param x [..., channels]
 * @param gamma [channels] scale
 * @param beta [channels] shift
 * @param epsilon added to the variance
 * @param slope negative slope: 1 is linear, 0 is ReLU
 * @returns y, and the batch's mean and variance for the running statistics
 */
export function normAct<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  slope: number,
): NormActResult<T> {
  if (!hasFused(FUSED.normAct)) return composed.normAct(x, gamma, beta, epsilon, slope);
  const attrs: NormAttrs = { epsilon, slope };
  const [y, mean, variance] = runFused<[T & tf.Tensor, tf.Tensor1D, tf.Tensor1D]>(
    FUSED.normAct,
    { x, gamma, beta },
    attrs,
  );
  return { y, mean, variance };
}

tf.registerGradient({
  kernelName: FUSED.normAct,
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [true, true, true],
  gradFunc: (dys, saved, attrs) => {
    const [x, gamma, y, mean, variance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const dy = (dys as tf.Tensor[])[0] as tf.Tensor;
    // Eager, not inside the functions below: tfjs runs each in its own tidy, which would dispose the siblings.
    const [dx, dgamma, dbeta] = runFused<[tf.Tensor, tf.Tensor, tf.Tensor]>(
      FUSED.normActGrad,
      { x, y, dy, gamma, mean, variance },
      attrs,
    );
    return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
  },
});
