import type * as tf from '@tensorflow/tfjs-core';

export interface NormActResult<T extends tf.Tensor> {
  /** Normalised, scaled, shifted and activated x; same shape. */
  readonly y: T;
  /** Mean of each channel over the batch, [channels]. For running statistics: do not differentiate through it. */
  readonly mean: tf.Tensor1D;
  /** Biased variance of each channel over the batch, [channels]. Do not differentiate through it either. */
  readonly variance: tf.Tensor1D;
}

/**
 * What Adam's moments still lack of full weight: 1 - the product of each step's beta, which is 1 - beta^t while beta
 * stays the same (Kingma & Ba 2015, section 3). Kept as a product, a beta changed in mid-run corrects rightly.
 */
export interface AdamCorrections {
  readonly first: number;
  readonly second: number;
}

/** A parameter and its two Adam moments, all of one shape. */
export interface AdamMoments {
  readonly param: tf.Tensor;
  /** First moment: running mean of the gradient. */
  readonly m: tf.Tensor;
  /** Second moment: running mean of the squared gradient. */
  readonly v: tf.Tensor;
}

/** What an Adam step moves, and along what. */
export interface AdamState extends AdamMoments {
  readonly grad: tf.Tensor;
  /** Moving average of the parameter. */
  readonly average?: tf.Tensor;
}

export interface AdamResult {
  /** Euclidean norm of all gradients together. */
  readonly gradientNorm: tf.Scalar;
  /** In the order of the states. */
  readonly next: readonly (AdamMoments & { readonly average?: tf.Tensor })[];
}

export interface AdamSettings {
  /** Learning rate, > 0. */
  readonly alpha: number;
  /** Decay of the first moment, in [0, 1). */
  readonly beta1: number;
  /** Decay of the second moment, in [0, 1). */
  readonly beta2: number;
  /** Added to the root of the bias-corrected second moment. */
  readonly epsilon: number;
}
