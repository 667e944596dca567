import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ops from '../index.ts';
import { type Compare, noise } from './compare.ts';

const settings = { alpha: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
type Moved = Omit<ops.AdamState, 'grad'>;
const tensorsOf = ({ param, m, v, average }: Moved) => [param, m, v, ...(average ? [average] : [])];

function powerError(compare: Compare, rows: number, columns: number, iterations: number): Promise<number> {
  return compare([noise([rows, columns], 1), noise([rows], 2)], (matrix, u) => {
    const next = ops.powerIteration(matrix as tf.Tensor2D, u as tf.Tensor1D, iterations);
    return [next.u, next.v];
  });
}

/** Adam, blending and power iteration against the composed ops on cpu. @param runs random sizes */
export function optimizerSuite(compare: Compare, runs: number): void {
  /** A few elements, or about as many as a block or three of them have. */
  const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 4090, max: 12_300 }));

  test.each([
    { averaged: false, shapes: [[1], [4], [7], [3, 5, 2], [4, 4, 3, 64], [5000]] },
    { averaged: true, shapes: [[1], [4], [7], [3, 5, 2], [4, 4, 3, 64], [5000]] },
    { averaged: true, shapes: [[64, 32]] },
  ])('five steps of Adam, averaged $averaged, shapes $shapes', async ({ averaged, shapes }) => {
    const inputs = shapes.flatMap((shape, i) => [0, 1, 2, 3, 4, 5].map((k) => noise(shape, 6 * i + k)));
    const error = await compare(inputs, (...tensors) => {
      let states: readonly Moved[] = shapes.map((_, i) => {
        const param = tensors[6 * i] as tf.Tensor;
        return { param, m: tf.zerosLike(param), v: tf.zerosLike(param), ...(averaged && { average: tf.clone(param) }) };
      });
      const norms = [1, 2, 3, 4, 5].map((t) => {
        const given = states.map((state, i) => ({ ...state, grad: tensors[6 * i + t] as tf.Tensor }));
        const made = ops.adamUpdate(given, settings, ops.adamCorrections(settings, t), 0.9);
        states = made.next;
        return made.gradientNorm;
      });
      return [...norms, ...states.flatMap(tensorsOf)];
    });
    expect(error).toBeLessThan(1e-6);
  });

  test('a step of Adam: random sizes, many tensors at once', async () => {
    const sizes = fc.array(size, { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(sizes, fc.boolean(), async (lengths, averaged) => {
      const inputs = lengths.flatMap((length, i) => [1, 2, 3, 4, 5].map((seed) => noise([length], 7 * i + seed)));
      const error = await compare(inputs, (...tensors) => {
        const states = lengths.map((_, i) => {
          const [param, grad, m, root, average] = tensors.slice(5 * i, 5 * i + 5) as Five;
          return { param, grad, m, v: tf.square(root), ...(averaged && { average }) };
        });
        const made = ops.adamUpdate(states, settings, ops.adamCorrections(settings, 3), 0.9);
        expect(made.next.every(({ average }) => (average !== undefined) === averaged)).toBe(true);
        return [made.gradientNorm, ...made.next.flatMap(tensorsOf)];
      });
      expect(error).toBeLessThan(1e-6);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });

  test('Adam leaves its inputs alone', async () => {
    const error = await compare([noise([9], 1), noise([9], 2)], (param, grad) => {
      const states = [{ param, grad, m: grad, v: tf.square(grad) as tf.Tensor }];
      ops.adamUpdate(states, settings, { first: 1, second: 1 });
      return [param, grad];
    });
    expect(error).toBe(0);
  });

  test('blend', async () => {
    for (const shape of [[1], [5, 3], [4, 16], [1001]]) {
      for (const keep of [0, 0.9, 1]) {
        const error = await compare([noise(shape, 1), noise(shape, 2)], (a, b) => [ops.blend(a, b, keep)]);
        expect(error).toBeLessThan(1e-6);
      }
    }
  });

  test('blend: random sizes', async () => {
    const property = fc.asyncProperty(size, fc.constantFrom(0, 0.3, 0.999, 1), async (length, keep) => {
      const error = await compare([noise([length], 1), noise([length], 2)], (a, b) => [ops.blend(a, b, keep)]);
      expect(error).toBeLessThan(1e-6);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });

  test.each([
    [7, 5],
    [1, 9],
    [64, 3],
    [200, 128],
    [1024, 16],
  ])('power iteration of [%i, %i]', async (rows, columns) => {
    for (const iterations of [1, 3]) expect(await powerError(compare, rows, columns, iterations)).toBeLessThan(1e-5);
  });

  test('power iteration: random sizes', async () => {
    const side = fc.integer({ min: 1, max: 50 });
    const property = fc.asyncProperty(side, side, fc.integer({ min: 1, max: 3 }), async (rows, columns, iterations) => {
      expect(await powerError(compare, rows, columns, iterations)).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });
}

type Five = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
