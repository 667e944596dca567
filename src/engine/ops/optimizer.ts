import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { type AdamAttrs, FUSED, hasFused, runFused } from './fused.ts';
import type { AdamMoments, AdamSettings } from './types.ts';

/**
 * One Adam step (Kingma & Ba 2015, algorithm 1): epsilon stands after the bias correction, as in PyTorch and tfjs.
 * Returns new tensors and leaves the old ones alone: XNNPACK caches packed weights by buffer, so a weight changed in
 * place would not be seen by a stock kernel. The caller owns (and disposes) both the old and the new ones.
 *
 * @param state parameter, its gradient, and its two moments, all of one shape
 * @param t number of this step, counted from 1
 */
export function adamUpdate(
  state: AdamMoments & { readonly grad: tf.Tensor },
  settings: AdamSettings,
  t: number,
): AdamMoments {
  if (!hasFused(FUSED.adam)) return composed.adamUpdate(state, settings, t);
  const { alpha, beta1, beta2, epsilon } = settings;
  // m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps) = m * [sqrt(1 - b2^t) / (1 - b1^t)] / (sqrt(v) + eps * sqrt(1 - b2^t))
  const root = Math.sqrt(1 - beta2 ** t);
  const attrs: AdamAttrs = { stepSize: (alpha * root) / (1 - beta1 ** t), beta1, beta2, scaledEpsilon: epsilon * root };
  const { param, grad, m, v } = state;
  const [newParam, newM, newV] = runFused<[tf.Tensor, tf.Tensor, tf.Tensor]>(FUSED.adam, { param, grad, m, v }, attrs);
  return { param: newParam, m: newM, v: newV };
}

/** One step of gradient descent: param - alpha * grad, as a new tensor. */
export function sgdUpdate(param: tf.Tensor, grad: tf.Tensor, alpha: number): tf.Tensor {
  return tf.tidy(() => tf.sub(param, tf.mul(grad, alpha)));
}
