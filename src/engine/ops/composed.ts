/**
 * Every fused op as a composition of stock tfjs ops: the definition that tests hold the kernels to, the fallback
 * on a backend without them, and the only form whose gradients can be differentiated again.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AdamCorrections, AdamResult, AdamSettings, AdamState, NormActResult } from './types.ts';

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

/** See `biasAct` in activation.ts. */
export function biasAct<T extends tf.Tensor>(x: T, bias: tf.Tensor1D, slope: number): T {
  return leaky(tf.add<T>(x, bias), slope);
}

/** See `biasTanh` in activation.ts. */
export function biasTanh<T extends tf.Tensor>(x: T, bias: tf.Tensor1D): T {
  return tf.tanh(tf.add<T>(x, bias));
}

/** See `affineAct` in activation.ts. */
export function affineAct<T extends tf.Tensor>(x: T, scale: tf.Tensor1D, shift: tf.Tensor1D, slope: number): T {
  return leaky(tf.add<T>(tf.mul<T>(x, scale), shift), slope);
}

/** See `normAct` in norm.ts. */
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

/** See `bceWithLogits` in loss.ts. */
export function bceWithLogits(logits: tf.Tensor, target: number): tf.Scalar {
  // -log sigmoid(x) = softplus(-x): for target 1 this form loses no bits for large x, where softplus(x) - x would.
  if (target === 1) return tf.mean(tf.softplus(tf.neg(logits)));
  if (target === 0) return tf.mean(tf.softplus(logits));
  return tf.mean(tf.add(tf.mul(tf.softplus(tf.neg(logits)), target), tf.mul(tf.softplus(logits), 1 - target)));
}

/** See `meanSigmoid` in loss.ts. */
export function meanSigmoid(x: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.sigmoid(x)));
}

/** See `blend` in optimizer.ts. */
export function blend<T extends tf.Tensor>(a: T, b: T, keep: number): T {
  return tf.tidy(() => tf.add<T>(tf.mul<T>(a, keep), tf.mul<T>(b, 1 - keep)));
}

/** See `globalNorm` in optimizer.ts. */
export function globalNorm(tensors: readonly tf.Tensor[]): tf.Scalar {
  // Not addN: with eight or more inputs its WebGPU shader binds more buffers than a stage may have (8), and the device
  // drops the whole batch of commands, the update among them. stack, being a concat, splits such a list.
  return tf.tidy(() => tf.sqrt(tf.sum(tf.stack(tensors.map((tensor) => tf.sum(tf.square(tensor)))))));
}

/** See `adamUpdate` in optimizer.ts. */
export function adamUpdate(
  states: readonly AdamState[],
  { alpha, beta1, beta2, epsilon }: AdamSettings,
  { first, second }: AdamCorrections,
  keep: number,
): AdamResult {
  const next = states.map(({ param, grad, m, v, average }) => {
    const nextM = blend(m, grad, beta1);
    const nextV = tf.tidy(() => blend(v, tf.square(grad), beta2));
    const nextParam = tf.tidy(() => {
      const root = tf.add(tf.sqrt(tf.div(nextV, second)), epsilon);
      return tf.sub(param, tf.div(tf.mul(nextM, alpha / first), root));
    });
    return { param: nextParam, m: nextM, v: nextV, ...(average && { average: blend(average, nextParam, keep) }) };
  });
  return { gradientNorm: globalNorm(states.map(({ grad }) => grad)), next };
}

/** See `powerIteration` in spectral.ts. */
export function powerIteration(matrix: tf.Tensor2D, u: tf.Tensor1D, iterations: number, epsilon: number) {
  const unit = (x: tf.Tensor2D) => tf.div<tf.Tensor2D>(x, tf.add(tf.norm(x), epsilon));
  const [row, column] = tf.tidy(() => {
    let left = tf.reshape(u, [-1, 1]) as tf.Tensor2D;
    let right = left;
    for (let i = 0; i < iterations; i++) {
      right = unit(tf.matMul(matrix, left, true, false));
      left = unit(tf.matMul(matrix, right));
    }
    return [tf.reshape(left, [-1]), tf.reshape(right, [-1])] as [tf.Tensor1D, tf.Tensor1D];
  });
  return { u: row, v: column };
}
