import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { type AdamAttrs, FUSED, hasFused, runFused } from './fused.ts';
import type { AdamCorrections, AdamMoments, AdamSettings } from './types.ts';

/**
 * One Adam step (Kingma & Ba 2015, algorithm 1): epsilon stands after the bias correction, as in PyTorch and tfjs.
 * Returns new tensors and leaves the old ones alone: XNNPACK caches packed weights by buffer, so a weight changed in
 * place would not be seen by a stock kernel. The caller owns (and disposes) both the old and the new ones.
 *
 * @param state parameter, its gradient, and its two moments, all of one shape
 * @param corrections of this step, its own betas included
 */
export function adamUpdate(
  state: AdamMoments & { readonly grad: tf.Tensor },
  settings: AdamSettings,
  corrections: AdamCorrections,
): AdamMoments {
  if (!hasFused(FUSED.adam)) return composed.adamUpdate(state, settings, corrections);
  const { alpha, beta1, beta2, epsilon } = settings;
  // With the corrections c1 and c2: m / c1 / (sqrt(v / c2) + eps) = m * [sqrt(c2) / c1] / (sqrt(v) + eps * sqrt(c2))
  const root = Math.sqrt(corrections.second);
  const attrs: AdamAttrs = {
    stepSize: (alpha * root) / corrections.first,
    beta1,
    beta2,
    scaledEpsilon: epsilon * root,
  };
  const { param, grad, m, v } = state;
  const [newParam, newM, newV] = runFused<[tf.Tensor, tf.Tensor, tf.Tensor]>(FUSED.adam, { param, grad, m, v }, attrs);
  return { param: newParam, m: newM, v: newV };
}

/** The corrections of step `t`, counted from 1, where the betas have not changed. */
export function adamCorrections({ beta1, beta2 }: Pick<AdamSettings, 'beta1' | 'beta2'>, t: number): AdamCorrections {
  return { first: 1 - beta1 ** t, second: 1 - beta2 ** t };
}

/** One step of gradient descent: param - alpha * grad, as a new tensor. */
export function sgdUpdate(param: tf.Tensor, grad: tf.Tensor, alpha: number): tf.Tensor {
  return tf.tidy(() => tf.sub(param, tf.mul(grad, alpha)));
}
