/**
 * The contract between the ops and the backends that carry fast kernels for them.
 *
 * A backend offers a fused kernel by registering it with tfjs under one of these names; an op that finds its
 * kernel registered for the current backend uses it, and composes itself out of stock tfjs ops otherwise.
 * Kernels see `x` as rows of channels: every axis but the last is a row.
 */
import * as tf from '@tensorflow/tfjs-core';

export const FUSED = {
  /** {x, bias} -> y; attrs SlopeAttrs. */
  biasAct: 'DuelBiasAct',
  /** {y, dy} -> [dx, dbias]; attrs SlopeAttrs. */
  biasActGrad: 'DuelBiasActGrad',
  /** {x, gamma, beta} -> [y, mean, variance]; attrs NormAttrs. */
  normAct: 'DuelNormAct',
  /** {x, y, dy, gamma, mean, variance} -> [dx, dgamma, dbeta]; attrs NormAttrs. */
  normActGrad: 'DuelNormActGrad',
  /** {x, scale, shift} -> y; attrs SlopeAttrs. */
  affineAct: 'DuelAffineAct',
  /** {param, grad, m, v} -> [param, m, v]; attrs AdamAttrs. */
  adam: 'DuelAdam',
} as const;

export type FusedName = (typeof FUSED)[keyof typeof FUSED];

export interface SlopeAttrs {
  /** Negative slope of the leaky ReLU: 1 is linear, 0 is ReLU. */
  readonly slope: number;
}

export interface NormAttrs extends SlopeAttrs {
  /** Added to the variance. */
  readonly epsilon: number;
}

export interface AdamAttrs {
  /** Step size with both bias corrections folded in: alpha * sqrt(1 - beta2^t) / (1 - beta1^t). */
  readonly stepSize: number;
  readonly beta1: number;
  readonly beta2: number;
  /** epsilon * sqrt(1 - beta2^t), so that it acts as if it stood after the bias correction. */
  readonly scaledEpsilon: number;
}

let composedDepth = 0;

/**
 * Runs `f` with every op composed of stock tfjs ops, whatever the backend offers. Fused kernels have first-order
 * gradients only, so a penalty on a gradient (WGAN-GP, R1, R2) must build its graph inside this. `f` must be synchronous.
 */
export function withComposedOps<T>(f: () => T): T {
  composedDepth++;
  try {
    return f();
  } finally {
    composedDepth--;
  }
}

/** Whether the current backend has the fused kernel and fused ops are not switched off. */
export function hasFused(name: FusedName): boolean {
  return composedDepth === 0 && tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a fused kernel on the tape. tfjs types attributes loosely; ours are checked by the callers' types. */
export function runFused<R extends tf.Tensor | tf.Tensor[]>(name: FusedName, inputs: object, attrs: object): R {
  return tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attrs as tf.NamedAttrMap) as R;
}
