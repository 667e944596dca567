import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOf, varianceOf } from '../../testing/values.ts';
import * as ops from '../index.ts';
import { type Compare, noise, type Plain } from './compare.ts';

const shapes: readonly (readonly number[])[] = [
  [64, 6],
  [5, 3, 3, 8],
  [7, 1],
  [1, 1],
  [3, 5],
  [200, 3],
  [2, 28, 28, 1],
  [300, 16],
  [3, 130],
  [3, 132],
  [33, 4],
  [33, 64],
  // Enough rows that a sum over them is cut into slices.
  [5000, 3],
  [9001, 4],
  [9001, 1],
];

const last = (shape: readonly number[]) => shape[shape.length - 1] as number;

function biasActError(compare: Compare, shape: readonly number[], slope: number): Promise<number> {
  return compare([noise(shape, 1), noise([last(shape)], 2), noise(shape, 4)], (x, bias, dy) => {
    const f = (a: tf.Tensor, b: tf.Tensor) => ops.biasAct(a, b as tf.Tensor1D, slope);
    return [f(x, bias), ...tf.grads(f)([x, bias], dy)];
  });
}

function biasTanhError(compare: Compare, shape: readonly number[]): Promise<number> {
  return compare([noise(shape, 1), noise([last(shape)], 2), noise(shape, 4)], (x, bias, dy) => {
    const f = (a: tf.Tensor, b: tf.Tensor) => ops.biasTanh(a, b as tf.Tensor1D);
    return [f(x, bias), ...tf.grads(f)([x, bias], dy)];
  });
}

function affineActError(compare: Compare, shape: readonly number[], slope: number): Promise<number> {
  return compare([noise(shape, 1), noise([last(shape)], 2), noise([last(shape)], 3)], (x, scale, shift) => [
    ops.affineAct(x, scale as tf.Tensor1D, shift as tf.Tensor1D, slope),
  ]);
}

function normActError(compare: Compare, shape: readonly number[], epsilon: number, slope: number): Promise<number> {
  const inputs = [noise(shape, 1), noise([last(shape)], 2, 1.5), noise([last(shape)], 3), noise(shape, 4)] as const;
  return compare(inputs, (x, gamma, beta, dy) => {
    const run = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
      ops.normAct(a, b as tf.Tensor1D, c as tf.Tensor1D, epsilon, slope);
    const { y, mean, variance } = run(x, gamma, beta);
    const gradients = tf.grads((a, b, c) => run(a as tf.Tensor, b as tf.Tensor, c as tf.Tensor).y);
    return [y, mean, variance, ...gradients([x, gamma, beta], dy)];
  });
}

/** Of each op on rows of channels, with its gradients. */
export async function rowsErrors(compare: Compare, shape: readonly number[], slope: number): Promise<number[]> {
  return [
    await biasActError(compare, shape, slope),
    await biasTanhError(compare, shape),
    await affineActError(compare, shape, slope),
    await normActError(compare, shape, 0.1, slope),
  ];
}

/** Of every channel, in float64; the variance is biased. */
function momentsOf({ shape, values }: Plain): { readonly mean: number[]; readonly variance: number[] } {
  const channels = Array.from({ length: last(shape) }, (_, channel) =>
    Array.from(values).filter((_, i) => i % last(shape) === channel),
  );
  return { mean: channels.map(meanOf), variance: channels.map(varianceOf) };
}

/**
 * What is computed on rows of channels, against the composed ops on cpu.
 *
 * @param runs random shapes
 * @param tolerance of biasAct and biasTanh: how far rows may be summed from how cpu sums them
 */
export function rowsSuite(compare: Compare, runs: number, tolerance = 2e-6): void {
  describe.each(shapes.map((shape) => ({ shape })))('x of shape $shape', ({ shape }) => {
    test.each([1, 0, 0.2])('biasAct, affineAct and normAct with slope %s, and gradients', async (slope) => {
      expect(await biasActError(compare, shape, slope)).toBeLessThan(tolerance);
      expect(await affineActError(compare, shape, slope)).toBeLessThan(1e-6);
      expect(await normActError(compare, shape, 1e-3, slope)).toBeLessThan(1e-5);
    });

    test('biasTanh, and gradients', async () => {
      expect(await biasTanhError(compare, shape)).toBeLessThan(tolerance);
    });
  });

  test('random shapes', async () => {
    const size = fc.integer({ min: 1, max: 70 });
    const property = fc.asyncProperty(size, size, fc.constantFrom(0, 0.2, 1), async (rows, channels, slope) => {
      for (const error of await rowsErrors(compare, [rows, channels], slope)) expect(error).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });

  test.each([[[1000, 2]], [[20_000, 2]], [[20_000, 4]]])(
    'normAct of %s keeps its accuracy far from zero',
    async (shape) => {
      // Mean 100, deviation 0.58: E x^2 - (E x)^2 in float32 would be wrong in the second digit.
      const x = noise(shape, 1, 100);
      // Against float64: cpu's own sum of 20,000 rows is no oracle for the sixth digit.
      const exact = momentsOf(x);
      const error = (which: 'mean' | 'variance') =>
        compare([x], (tx) => {
          const channels = last(shape);
          const made = ops.normAct(tx, tf.ones([channels]), tf.zeros([channels]), 1e-5, 1);
          return [tf.getBackend() === 'cpu' ? tf.tensor1d(exact[which]) : made[which]];
        });
      expect(await error('mean')).toBeLessThan(1e-6);
      expect(await error('variance')).toBeLessThan(1e-5);
    },
  );
}
