import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { type AdamAttrs, type BlendAttrs, FUSED, hasFused, runFused } from './fused.ts';
import type { AdamCorrections, AdamResult, AdamSettings, AdamState } from './types.ts';

/**
 * One Adam step of many parameters (Kingma & Ba 2015, algorithm 1): epsilon stands after the bias correction, as in PyTorch
 * and tfjs. Returns new tensors and leaves the old ones alone: XNNPACK caches packed weights by buffer, so a weight changed
 * in place would not be seen by a stock kernel. The caller owns (and disposes) both the old and the new ones.
 *
 * @param states each parameter with its gradient and its two moments, all of one shape. Either all of them have a moving
 *   average or none has
 * @param corrections of this step, its own betas included
 * @param keep share of the old average that stays, in [0, 1]
 */
export function adamUpdate(
  states: readonly AdamState[],
  settings: AdamSettings,
  corrections: AdamCorrections,
  keep = 0,
): AdamResult {
  if (!hasFused(FUSED.adam)) return composed.adamUpdate(states, settings, corrections, keep);
  const { alpha, beta1, beta2, epsilon } = settings;
  const averaged = states[0]?.average !== undefined;
  // With the corrections c1 and c2: m / c1 / (sqrt(v / c2) + eps) = m * [sqrt(c2) / c1] / (sqrt(v) + eps * sqrt(c2))
  const root = Math.sqrt(corrections.second);
  const attrs: AdamAttrs = {
    count: states.length,
    stepSize: (alpha * root) / corrections.first,
    beta1,
    beta2,
    scaledEpsilon: epsilon * root,
    averaged,
    keep,
  };
  const inputs: Record<string, tf.Tensor> = {};
  states.forEach(({ param, grad, m, v, average }, i) => {
    Object.assign(inputs, { [`param${i}`]: param, [`grad${i}`]: grad, [`m${i}`]: m, [`v${i}`]: v });
    if (average) inputs[`average${i}`] = average;
  });
  const [gradientNorm, ...made] = runFused<[tf.Scalar, ...tf.Tensor[]]>(FUSED.adam, inputs, attrs);
  const width = averaged ? 4 : 3;
  const next = states.map((_, i) => {
    const [param, m, v, average] = made.slice(width * i, width * (i + 1)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor?,
    ];
    return { param, m, v, ...(average && { average }) };
  });
  return { gradientNorm, next };
}

/** The corrections of step `t`, counted from 1, where the betas have not changed. */
export function adamCorrections({ beta1, beta2 }: Pick<AdamSettings, 'beta1' | 'beta2'>, t: number): AdamCorrections {
  return { first: 1 - beta1 ** t, second: 1 - beta2 ** t };
}

/** One step of gradient descent: param - alpha * grad, as a new tensor. */
export function sgdUpdate(param: tf.Tensor, grad: tf.Tensor, alpha: number): tf.Tensor {
  return tf.tidy(() => tf.sub(param, tf.mul(grad, alpha)));
}

/** The Euclidean norm of many tensors taken as one vector. */
export function globalNorm(tensors: readonly tf.Tensor[]): tf.Scalar {
  return composed.globalNorm(tensors);
}

/** keep * a + (1 - keep) * b, for tensors of one shape. Not differentiable where fused. */
export function blend<T extends tf.Tensor>(a: T, b: T, keep: number): T {
  if (!hasFused(FUSED.blend)) return composed.blend(a, b, keep);
  const attrs: BlendAttrs = { keep };
  return runFused<T>(FUSED.blend, { a, b }, attrs);
}
