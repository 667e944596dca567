/** Ops that between them go through every kernel that threads share, each compared with cpu as the suites do it. */
import * as tf from '@tensorflow/tfjs-core';
import * as ops from '../index.ts';
import { noise } from '../testing/compare.ts';
import { errorOnWasm } from './testing.ts';

const settings = { alpha: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };

/** Each gives the largest relative error. */
export const works = {
  conv: () =>
    errorOnWasm([noise([7, 6, 5, 17], 1), noise([4, 4, 17, 5], 2), noise([5], 3)], (x, w, b) => [
      ops.convAct(x as tf.Tensor4D, w as tf.Tensor4D, b as tf.Tensor1D, 2, 0.2),
    ]),
  windows: () =>
    errorOnWasm([noise([7, 6, 5, 3], 1), noise([4, 4, 3, 8], 2), noise([8], 3)], (x, w, b) => [
      ops.convAct(x as tf.Tensor4D, w as tf.Tensor4D, b as tf.Tensor1D, 2, 0.2),
    ]),
  transposed: () =>
    errorOnWasm([noise([7, 3, 3, 5], 1), noise([4, 4, 9, 5], 2), noise([9], 3)], (x, w, b) => [
      ops.convTransposeAct(x as tf.Tensor4D, w as tf.Tensor4D, b as tf.Tensor1D, [6, 5], 2, 0.2),
    ]),
  columns: () =>
    errorOnWasm([noise([3, 3, 3, 6], 1), noise([4, 4, 1, 6], 2)], (x, w) => [
      ops.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [6, 6], 2),
    ]),
  filter: () =>
    errorOnWasm([noise([7, 6, 6, 12], 1), noise([4, 4, 12, 5], 2), noise([7, 3, 3, 5], 3)], (x, w, dy) => [
      tf.grad((f) => ops.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 2))(w, dy),
    ]),
  slabs: () =>
    errorOnWasm([noise([10, 14, 14, 1], 1), noise([4, 4, 1, 5], 2), noise([10, 7, 7, 5], 3)], (x, w, dy) => [
      tf.grad((f) => ops.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 2))(w, dy),
    ]),
  dense: () =>
    errorOnWasm([noise([13, 20], 1), noise([20, 11], 2), noise([11], 3)], (x, k, b) => [
      ops.denseAct(x as tf.Tensor2D, k as tf.Tensor2D, b as tf.Tensor1D, 0.2),
    ]),
  vector: () => errorOnWasm([noise([9, 20], 1), noise([20, 1], 2)], (a, b) => [tf.matMul(a, b)]),
  vectorTransposed: () => errorOnWasm([noise([20, 40], 1), noise([20, 1], 2)], (a, b) => [tf.matMul(a, b, true)]),
  bias: () =>
    errorOnWasm([noise([200, 5], 1), noise([5], 2), noise([200, 5], 3)], (x, b, dy) => {
      const f = (...ts: tf.Tensor[]) => ops.biasAct(ts[0] as tf.Tensor, ts[1] as tf.Tensor1D, 0.2);
      return [f(x, b), ...tf.grads(f)([x, b], dy)];
    }),
  tanh: () =>
    errorOnWasm([noise([200, 5], 1), noise([5], 2), noise([200, 5], 3)], (x, b, dy) => {
      const f = (...ts: tf.Tensor[]) => ops.biasTanh(ts[0] as tf.Tensor, ts[1] as tf.Tensor1D);
      return [f(x, b), ...tf.grads(f)([x, b], dy)];
    }),
  norm: () =>
    errorOnWasm([noise([200, 5], 1), noise([5], 2), noise([5], 3), noise([200, 5], 4)], (x, gamma, beta, dy) => {
      const f = (...ts: tf.Tensor[]) =>
        ops.normAct(ts[0] as tf.Tensor, ts[1] as tf.Tensor1D, ts[2] as tf.Tensor1D, 0.1, 0.2).y;
      return [f(x, gamma, beta), ...tf.grads(f)([x, gamma, beta], dy)];
    }),
  adam: () =>
    errorOnWasm([noise([4100], 1), noise([4100], 2), noise([4100], 3), noise([4100], 4)], (param, grad, m, v) => {
      const state = { param, grad, m, v: tf.square(v), average: m };
      const { gradientNorm, next } = ops.adamUpdate([state], settings, ops.adamCorrections(settings, 2), 0.9);
      return [gradientNorm, ...next.flatMap((moved) => [moved.param, moved.m, moved.v, moved.average as tf.Tensor])];
    }),
  losses: () =>
    errorOnWasm([noise([7], 1)], (x) => [
      ops.bceWithLogits(x, 0.9),
      tf.grad((logits) => ops.bceWithLogits(logits, 0.9))(x),
      ops.meanSigmoid(x),
    ]),
  power: () =>
    errorOnWasm([noise([9, 5], 1), noise([9], 2)], (matrix, u) => {
      const next = ops.powerIteration(matrix as tf.Tensor2D, u as tf.Tensor1D, 1);
      return [next.u, next.v];
    }),
  gather: () =>
    errorOnWasm([noise([5, 3], 1), noise([4, 3], 2)], (x, dy) => [
      tf.grad((table) => tf.gather(table, tf.tensor1d([3, 0, 3, 2], 'int32')))(x, dy),
    ]),
  blend: () => errorOnWasm([noise([4100], 1), noise([4100], 2)], (a, b) => [ops.blend(a, b, 0.3)]),
} as const;

export type Work = keyof typeof works;
