import * as tf from '@tensorflow/tfjs-core';
import { noise } from '../noise.ts';
import { bceWithLogits, conv2dTranspose, convAct, normAct } from '../ops/index.ts';
import { optimisers } from '../optim/optimiser.ts';
import { selfTestFixture } from './selfTest.fixture.ts';
import { wideOutputs } from './selfTestWide.ts';

/** Float32 stays below 1e-5; half precision, or a broken kernel, does not. */
export const selfTestTolerance = 1e-3;

function wave(shape: number[], scale: number, frequency: number, phase: number, offset = 0): tf.Tensor {
  const count = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: count }, (_, i) => offset + scale * Math.sin(frequency * i + phase));
  return tf.tensor(values, shape, 'float32');
}

/**
 * Known forward passes, gradients and Adam steps through convolution, matrix product and every op of which a backend may
 * have a fused kernel, on the current backend: on few channels, and on many (selfTestWide.ts). Some devices compute wrong
 * ones (tfjs #8590 saw gradients of zero).
 *
 * Compared are sums of the values with random weights, four of each kind, since the values would be 300 kB. One wrong
 * element still shows in its sum.
 *
 * @returns the largest error, relative to the largest sum of its kind; NaN where anything came out NaN
 */
export async function selfTest(): Promise<number> {
  const kinds = [...(await smallOutputs()), ...(await wideOutputs())];
  return Math.max(...selfTestFixture.map((wanted, i) => relativeError(sumsOf(kinds[i] ?? []), wanted)));
}

/** Of all values, one array after the other, with weights in [-1, 1): the i-th counts for the (i mod 4)-th sum. */
function sumsOf(arrays: readonly ArrayLike<number>[]): number[] {
  const all = arrays.flatMap((values) => Array.from(values));
  const weights = noise(all.length, 77);
  const sums = Array.from({ length: Math.min(4, all.length) }, () => 0);
  all.forEach((value, i) => {
    sums[i % 4] = (sums[i % 4] as number) + value * (weights[i] as number);
  });
  return sums;
}

/** The loss, the loss after a step, and the gradients. */
async function smallOutputs(): Promise<readonly (readonly ArrayLike<number>[])[]> {
  const x = wave([4, 8, 8, 2], 1, 0.7, 0.3) as tf.Tensor4D;
  const variables = tf.tidy(() =>
    [
      wave([4, 4, 2, 3], 0.3, 1.3, 0.1),
      wave([3], 0.1, 1, 0.5),
      wave([4, 4, 2, 3], 0.4, 0.9, 0.7),
      wave([2], 0.1, 1, 0.2, 1),
      wave([2], 0.1, 2, 0.4),
      wave([128, 1], 0.2, 1.1, 0.9),
    ].map((values) => tf.variable(values)),
  );
  const [conv, bias, up, gamma, beta, dense] = variables as unknown as [
    tf.Tensor4D,
    tf.Tensor1D,
    tf.Tensor4D,
    tf.Tensor1D,
    tf.Tensor1D,
    tf.Tensor2D,
  ];
  const loss = () => {
    const down = convAct(x, conv, bias, 2, 0.2);
    const { y } = normAct(conv2dTranspose(down, up, [8, 8], 2), gamma, beta, 1e-5, 0);
    return bceWithLogits(tf.matMul(tf.reshape(y, [4, 128]), dense), 1);
  };

  const optimiser = optimisers.adam(variables);
  const { value, grads } = tf.variableGrads(loss, variables);
  const gradients = variables.map(({ name }) => grads[name] as tf.Tensor);
  tf.dispose(optimiser.step(gradients, { lr: 0.01, beta1: 0.5, beta2: 0.99 }));
  const after = tf.tidy(loss);

  const got = await Promise.all([value, after, ...gradients].map((tensor) => tensor.data()));
  tf.dispose([x, value, after, ...gradients, ...variables]);
  optimiser.dispose();
  return got.map((values) => [values]);
}

function relativeError(got: ArrayLike<number>, wanted: readonly number[]): number {
  const scale = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, i) => Math.abs((got[i] as number) - value))) / scale;
}
