import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { FUSED, hasFused, runFused, type TargetAttrs } from './fused.ts';

/**
 * softplus(x) = log(1 + e^x), as relu(x) + log1p(e^-|x|): exact for |x| of 100 and more, where e^x would overflow.
 * Its first and second derivative are right on every backend.
 */
export function softplus<T extends tf.Tensor>(x: T): T {
  return tf.softplus(x);
}

/**
 * Mean binary cross-entropy of logits against one target for all of them: mean(softplus(x) - target * x). First-order
 * gradients only where fused; see `withComposedOps`.
 *
 * @param logits any shape
 * @param target probability in [0, 1]: 1 real, 0 fake, 0.9 a smoothed real
 * @returns a scalar, in nats
 */
export function bceWithLogits(logits: tf.Tensor, target: number): tf.Scalar {
  if (!hasFused(FUSED.bce)) return composed.bceWithLogits(logits, target);
  const attrs: TargetAttrs = { target };
  return runFused<tf.Scalar>(FUSED.bce, { logits }, attrs);
}

/** The mean of sigmoid(x), a scalar. Not differentiable where fused: it is a signal, not a loss. */
export function meanSigmoid(x: tf.Tensor): tf.Scalar {
  return hasFused(FUSED.meanSigmoid) ? runFused<tf.Scalar>(FUSED.meanSigmoid, { x }) : composed.meanSigmoid(x);
}

tf.registerGradient({
  kernelName: FUSED.bce,
  inputsToSave: ['logits'],
  gradFunc: (dy, saved, attrs) => ({
    logits: () => runFused<tf.Tensor>(FUSED.bceGrad, { logits: saved[0], dy }, attrs),
  }),
});
