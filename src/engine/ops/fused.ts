/**
 * The contract between the ops and the backends that carry fast kernels for them.
 *
 * A backend offers a fused kernel by registering it with tfjs under one of these names; an op that finds its
 * kernel registered for the current backend uses it, and composes itself out of stock tfjs ops otherwise.
 * Kernels see `x` as rows of channels: every axis but the last is a row. They return new tensors and leave their inputs alone.
 */
import * as tf from '@tensorflow/tfjs-core';

export const FUSED = {
  /** {x, filter, bias} -> y; attrs ConvActAttrs. 'same' padding. */
  convAct: 'DuelConvAct',
  /** {x, filter, bias} -> y; attrs ConvTransposeActAttrs. 'same' padding. */
  convTransposeAct: 'DuelConvTransposeAct',
  /** {x [rows, in], kernel [in, out], bias} -> y; attrs SlopeAttrs. */
  denseAct: 'DuelDenseAct',
  /** {x, bias} -> y; attrs SlopeAttrs. */
  biasAct: 'DuelBiasAct',
  /** {y, dy} -> [dx, dbias]; attrs SlopeAttrs. Also the gradient of the three above, with respect to what they bend. */
  biasActGrad: 'DuelBiasActGrad',
  /** {x, bias} -> y = tanh(x + bias). */
  biasTanh: 'DuelBiasTanh',
  /** {y, dy} -> [dx, dbias]. */
  biasTanhGrad: 'DuelBiasTanhGrad',
  /** {x, gamma, beta} -> [y, mean, variance]; attrs NormAttrs. */
  normAct: 'DuelNormAct',
  /** {x, y, dy, gamma, mean, variance} -> [dx, dgamma, dbeta]; attrs NormAttrs. */
  normActGrad: 'DuelNormActGrad',
  /** {x, scale, shift} -> y; attrs SlopeAttrs. */
  affineAct: 'DuelAffineAct',
  /** {logits} -> a scalar; attrs TargetAttrs. */
  bce: 'DuelBce',
  /** {logits, dy} -> dlogits, dy a scalar; attrs TargetAttrs. */
  bceGrad: 'DuelBceGrad',
  /** {x} -> a scalar. */
  meanSigmoid: 'DuelMeanSigmoid',
  /** {a, b} -> keep a + (1 - keep) b; attrs BlendAttrs. */
  blend: 'DuelBlend',
  /**
   * {param0, grad0, m0, v0, average0, param1, ...} -> [norm, param0, m0, v0, average0, param1, ...]; attrs AdamAttrs. The
   * norm is that of all gradients together, a scalar. Averages are there where `averaged` says so.
   */
  adam: 'DuelAdam',
  /** {matrix [rows, columns], u [rows]} -> [u [rows], v [columns]]; attrs PowerAttrs. */
  powerIteration: 'DuelPowerIteration',
} as const;

export type FusedName = (typeof FUSED)[keyof typeof FUSED];

export interface SlopeAttrs {
  /** Negative slope of the leaky ReLU: 1 is linear, 0 is ReLU. */
  readonly slope: number;
}

export interface ConvActAttrs extends SlopeAttrs {
  readonly stride: number;
}

export interface ConvTransposeActAttrs extends ConvActAttrs {
  /** Of the output. */
  readonly height: number;
  readonly width: number;
}

export interface NormAttrs extends SlopeAttrs {
  /** Added to the variance. */
  readonly epsilon: number;
}

export interface TargetAttrs {
  /** Probability in [0, 1]. */
  readonly target: number;
}

export interface BlendAttrs {
  /** Share of `a`, in [0, 1]. */
  readonly keep: number;
}

export interface AdamAttrs {
  /** Parameters. */
  readonly count: number;
  /** Step size with both bias corrections folded in: alpha * sqrt(1 - beta2^t) / (1 - beta1^t). */
  readonly stepSize: number;
  readonly beta1: number;
  readonly beta2: number;
  /** epsilon * sqrt(1 - beta2^t), so that it acts as if it stood after the bias correction. */
  readonly scaledEpsilon: number;
  /** Whether a moving average of the parameters moves too: average' = keep average + (1 - keep) param'. */
  readonly averaged: boolean;
  readonly keep: number;
}

export interface PowerAttrs {
  readonly iterations: number;
  /** Added to the norms that are divided by. */
  readonly epsilon: number;
}

let composedDepth = 0;

/**
 * Runs `f` with every op composed of stock tfjs ops, whatever the backend offers: for comparisons, and for second-order
 * gradients through `normAct` and `biasTanh`, whose kernels have first-order ones only. `f` must be synchronous.
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
export function runFused<R extends tf.Tensor | tf.Tensor[]>(name: FusedName, inputs: object, attrs: object = {}): R {
  return tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attrs as tf.NamedAttrMap) as R;
}
