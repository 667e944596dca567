import * as tf from '@tensorflow/tfjs-core';
import type { NormAttrs } from '../fused.ts';
import { columnSum } from './columns.ts';
import { elementwise, leakyFunctions, type Tensor, type TfjsWebGlBackend } from './program.ts';

function rowsOf({ shape }: Tensor): number {
  return tf.util.sizeFromShape(shape) / (shape[shape.length - 1] as number);
}

/** See `normAct` in ../norm.ts: y, mean, variance. */
export function normAct(
  backend: TfjsWebGlBackend,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const scale = 1 / rowsOf(x);
  const mean = columnSum(backend, { rows: { X: x }, value: 'x', scale });
  // About the mean: far from zero E x^2 - (E x)^2 has no digits left.
  const squares = { rows: { X: x }, channels: { M: mean }, value: '(x - m) * (x - m)', scale };
  const variance = columnSum(backend, squares);
  const inputs = { X: x, M: mean, V: variance, G: gamma, B: beta };
  const shader = { inputs, uniforms: { epsilon, slope }, outputShape: x.shape, functions: leakyFunctions };
  const y = elementwise(backend, shader, 'leaky((x - m) * (g * inversesqrt(v + epsilon)) + b, slope)');
  return [y, mean, variance];
}

export interface NormGradInputs {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly gamma: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Gradients with respect to x, gamma and beta. */
export function normActGrad(
  backend: TfjsWebGlBackend,
  { x, y, dy, gamma, mean, variance }: NormGradInputs,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const functions = leakyFunctions;
  const grad = { rows: { Y: y, D: dy }, uniforms: { slope }, functions };
  const dbeta = columnSum(backend, { ...grad, value: 'leakyGrad(y, d, slope)' });
  const dgamma = columnSum(backend, {
    ...grad,
    rows: { ...grad.rows, X: x },
    channels: { M: mean, V: variance },
    uniforms: { slope, epsilon },
    value: 'leakyGrad(y, d, slope) * ((x - m) * inversesqrt(v + epsilon))',
  });
  const inputs = { X: x, Y: y, D: dy, G: gamma, M: mean, V: variance, S: dgamma, T: dbeta };
  const shader = { inputs, uniforms: { slope, epsilon, share: 1 / rowsOf(x) }, outputShape: x.shape, functions };
  const dx = elementwise(
    backend,
    shader,
    'g * inverse * (leakyGrad(y, d, slope) - (t + normalised * s) * share)',
    'vec4 inverse = inversesqrt(v + epsilon); vec4 normalised = (x - m) * inverse;',
  );
  return [dx, dgamma, dbeta];
}
