/**
 * Every fused op as a composition of stock tfjs ops: the definition that tests hold the kernels to, the fallback
 * on a backend without them, and the only form whose gradients can be differentiated again.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AdamCorrections, AdamMoments, AdamSettings, NormActResult } from './types.ts';

/**
 * Leaky ReLU, x > 0 ? x : slope * x; its derivative at 0 is `slope`, as in PyTorch. tf.leakyRelu has no second-order
 * gradient (tfjs has none for Greater); here the gradient goes through tf.step, which has.
 */
export function leaky<T extends tf.Tensor>(x: T, slope: number): T {
  if (slope === 1) return x;
  if (slope === 0) return tf.relu(x);
  const op = tf.customGrad((value, save) => {
    const input = value as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: tf.leakyRelu(input, slope),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.step(saved[0] as tf.Tensor, slope)),
    };
  });
  return op(x) as T;
}

/** See `biasAct` in index.ts. */
export function biasAct<T extends tf.Tensor>(x: T, bias: tf.Tensor1D, slope: number): T {
  return leaky(tf.add<T>(x, bias), slope);
}

/** See `affineAct` in index.ts. */
export function affineAct<T extends tf.Tensor>(x: T, scale: tf.Tensor1D, shift: tf.Tensor1D, slope: number): T {
  return leaky(tf.add<T>(tf.mul<T>(x, scale), shift), slope);
}

/** See `normAct` in index.ts. */
export function normAct<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  slope: number,
): NormActResult<T> {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean<tf.Tensor1D>(x, axes);
  const centred = tf.sub<T>(x, mean);
  const variance = tf.mean<tf.Tensor1D>(tf.square(centred), axes);
  const scale = tf.mul<tf.Tensor1D>(gamma, tf.rsqrt(tf.add(variance, epsilon)));
  return { y: leaky(tf.add<T>(tf.mul<T>(centred, scale), beta), slope), mean, variance };
}

/** See `adamUpdate` in index.ts. */
export function adamUpdate(
  { param, grad, m, v }: AdamMoments & { grad: tf.Tensor },
  { alpha, beta1, beta2, epsilon }: AdamSettings,
  { first, second }: AdamCorrections,
): AdamMoments {
  const [newParam, newM, newV] = tf.tidy(() => {
    const nextM = tf.add(tf.mul(m, beta1), tf.mul(grad, 1 - beta1));
    const nextV = tf.add(tf.mul(v, beta2), tf.mul(tf.square(grad), 1 - beta2));
    const root = tf.add(tf.sqrt(tf.div(nextV, second)), epsilon);
    const step = tf.div(tf.mul(nextM, alpha / first), root);
    return [tf.sub(param, step), nextM, nextV] as [tf.Tensor, tf.Tensor, tf.Tensor];
  });
  return { param: newParam, m: newM, v: newV };
}
