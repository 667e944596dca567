import * as tf from '@tensorflow/tfjs-core';

/**
 * softplus(x) = log(1 + e^x), as relu(x) + log1p(e^-|x|): exact for |x| of 100 and more, where e^x would overflow.
 * Its first and second derivative are right on every backend.
 */
export function softplus<T extends tf.Tensor>(x: T): T {
  return tf.softplus(x);
}

/**
 * Mean binary cross-entropy of logits against one target for all of them: mean(softplus(x) - target * x).
 *
 * @param logits any shape
 * @param target probability in [0, 1]: 1 real, 0 fake, 0.9 a smoothed real
 * @returns a scalar, in nats
 */
export function bceWithLogits(logits: tf.Tensor, target: number): tf.Scalar {
  // -log sigmoid(x) = softplus(-x): for target 1 this form loses no bits for large x, where softplus(x) - x would.
  if (target === 1) return tf.mean(softplus(tf.neg(logits)));
  if (target === 0) return tf.mean(softplus(logits));
  return tf.mean(tf.add(tf.mul(softplus(tf.neg(logits)), target), tf.mul(softplus(logits), 1 - target)));
}
