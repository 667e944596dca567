import * as tf from '@tensorflow/tfjs-core';
import * as composed from './composed.ts';
import { FUSED, hasFused, type PowerAttrs, runFused } from './fused.ts';

/** Added to the norms that a power iteration divides by (Miyato et al.'s code: max_sv.py). */
export const powerEpsilon = 1e-12;

/**
 * Power iterations towards the first pair of singular vectors (Miyato et al. 2018, algorithm 1): v = W^T u / |W^T u|, then
 * u = W v / |W v|. u and v are constants to the gradient.
 *
 * @param matrix [rows, columns]
 * @param u [rows], of any length but zero
 * @param iterations 1 or more
 * @returns u [rows] and v [columns], both of length 1
 */
export function powerIteration(
  matrix: tf.Tensor2D,
  u: tf.Tensor1D,
  iterations: number,
): { readonly u: tf.Tensor1D; readonly v: tf.Tensor1D } {
  if (!hasFused(FUSED.powerIteration)) return composed.powerIteration(matrix, u, iterations, powerEpsilon);
  const attrs: PowerAttrs = { iterations, epsilon: powerEpsilon };
  const [nextU, v] = runFused<[tf.Tensor1D, tf.Tensor1D]>(FUSED.powerIteration, { matrix, u }, attrs);
  return { u: nextU, v };
}

/**
 * The spectral norm u^T W v, given its singular vectors. Its gradient is u v^T.
 *
 * @param matrix [rows, columns]
 */
export function spectralNorm(matrix: tf.Tensor2D, u: tf.Tensor1D, v: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.mul(u, tf.reshape(tf.matMul(matrix, tf.reshape(v, [-1, 1])), [-1])));
}
