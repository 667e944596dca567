import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FUSED, hasFused } from '../fused.ts';
import * as ops from '../index.ts';
import { at, errorOnWasm, noise, on, type Plain } from './testing.ts';

const shapes = [
  [64, 6],
  [5, 3, 3, 8],
  [7, 1],
  [1, 1],
  [3, 5],
  [200, 3],
  [2, 28, 28, 1],
  [300, 16],
  [3, 130],
  [33, 4],
];
const slopes = [1, 0, 0.2];
const cases = shapes.flatMap((shape) => slopes.map((slope) => [shape, slope] as const));

const vector = (shape: readonly number[], seed: number, offset = 0): Plain => {
  const plain = noise([shape[shape.length - 1] as number], seed);
  return { ...plain, values: plain.values.map((value) => value + offset) };
};

/** The tests of these kernels, for either build of them: call where both backends have started. */
export function fusedSuite(): void {
  test('withComposedOps leaves the kernels out, and gives them back when its function throws', async () => {
    await tf.setBackend('wasm');
    expect(hasFused(FUSED.adam)).toBe(true);
    expect(ops.withComposedOps(() => ops.withComposedOps(() => hasFused(FUSED.adam)))).toBe(false);
    const fail = () =>
      ops.withComposedOps(() => {
        throw new Error('inside');
      });
    expect(fail).toThrow('inside');
    expect(hasFused(FUSED.adam)).toBe(true);
  });

  test('the kernels are there: the comparisons below are not of the composed ops with themselves', async () => {
    await tf.setBackend('wasm');
    for (const name of Object.values(FUSED)) expect(tf.getKernel(name, 'wasm'), name).toBeDefined();
    const { kernelNames } = await tf.profile(() => {
      const [x, c] = [tf.ones<tf.Rank.R2>([2, 3]), tf.ones<tf.Rank.R1>([3])];
      const [image, filter] = [tf.ones<tf.Rank.R4>([1, 2, 2, 3]), tf.ones<tf.Rank.R4>([2, 2, 3, 3])];
      const gradient = (f: (...inputs: tf.Tensor[]) => tf.Tensor, ...inputs: tf.Tensor[]) => tf.grads(f)(inputs);
      ops.affineAct(x, c, c, 0.2);
      ops.meanSigmoid(x);
      ops.blend(x, x, 0.5);
      ops.powerIteration(x, tf.ones([2]), 1);
      ops.convTransposeAct(image, filter, c, [4, 4], 2, 0.2);
      gradient((a) => ops.convAct(a as tf.Tensor4D, filter, c, 1, 0.2), image);
      gradient((a) => ops.denseAct(a as tf.Tensor2D, tf.ones([3, 3]), c, 0.2), x);
      gradient((a) => ops.biasAct(a, c, 0.2), x);
      gradient((a) => ops.biasTanh(a, c), x);
      gradient((a) => ops.normAct(a, c, c, 1e-3, 0.2).y, x);
      gradient((a) => ops.bceWithLogits(a, 1), x);
      return ops.adamUpdate(
        [{ param: x, grad: x, m: x, v: x }],
        { alpha: 1, beta1: 0, beta2: 0, epsilon: 1 },
        { first: 1, second: 1 },
      ).gradientNorm;
    });
    expect(kernelNames).toEqual(expect.arrayContaining(Object.values(FUSED)));
  });

  describe.each(cases)('x of shape %s, slope %s: values and gradients equal the composed op on cpu', (shape, slope) => {
    const x = noise(shape, 1);
    const dy = noise(shape, 4);

    test('biasAct', async () => {
      const f = (tx: tf.Tensor, bias: tf.Tensor) => ops.biasAct(tx, bias as tf.Tensor1D, slope);
      const error = await errorOnWasm([x, vector(shape, 2), dy], (tx, bias, tdy) => [
        f(tx, bias),
        ...tf.grads(f)([tx, bias], tdy),
      ]);
      expect(error).toBeLessThan(1e-6);
    });

    if (slope === 1) {
      test('biasTanh', async () => {
        const f = (tx: tf.Tensor, bias: tf.Tensor) => ops.biasTanh(tx, bias as tf.Tensor1D);
        const error = await errorOnWasm([x, vector(shape, 2), dy], (tx, bias, tdy) => [
          f(tx, bias),
          ...tf.grads(f)([tx, bias], tdy),
        ]);
        expect(error).toBeLessThan(1e-6);
      });
    }

    test('affineAct', async () => {
      const error = await errorOnWasm([x, vector(shape, 2), vector(shape, 3)], (tx, scale, shift) => [
        ops.affineAct(tx, scale as tf.Tensor1D, shift as tf.Tensor1D, slope),
      ]);
      expect(error).toBeLessThan(1e-6);
    });

    test('normAct', async () => {
      const f = (tx: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
        ops.normAct(tx, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, slope).y;
      const error = await errorOnWasm([x, vector(shape, 2, 1.5), vector(shape, 3), dy], (tx, gamma, beta, tdy) => {
        const { mean, variance } = ops.normAct(tx, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, slope);
        return [f(tx, gamma, beta), mean, variance, ...tf.grads(f)([tx, gamma, beta], tdy)];
      });
      expect(error).toBeLessThan(1e-5);
    });
  });

  test('normAct keeps its accuracy far from zero', async () => {
    // Mean 100, deviation 0.58, 20,000 rows: E x^2 - (E x)^2 in f32 would be wrong in the second digit.
    const x = noise([20_000, 2], 1);
    const far = { ...x, values: x.values.map((value) => value + 100) };
    const [mean, variance] = await on('wasm', [far], (tx) => {
      const result = ops.normAct(tx, tf.ones([2]) as tf.Tensor1D, tf.zeros([2]) as tf.Tensor1D, 1e-5, 1);
      return [result.mean, result.variance];
    });
    for (const channel of [0, 1]) {
      const values = Array.from(far.values).filter((_, i) => i % 2 === channel);
      const exactMean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const exactVariance = values.reduce((sum, value) => sum + (value - exactMean) ** 2, 0) / values.length;
      expect(Math.abs(at(mean, channel) / exactMean - 1)).toBeLessThan(1e-6);
      expect(Math.abs(at(variance, channel) / exactVariance - 1)).toBeLessThan(1e-5);
    }
  });

  test('gradients equal finite differences of the same kernels', async () => {
    // Slope 1 keeps the function smooth: across a kink of the leaky ReLU a difference quotient means nothing.
    const inputs = [noise([12, 3], 1), vector([3], 2, 1.5), vector([3], 3)] as const;
    const weights = noise([12, 3], 5);
    const f = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
      const { y } = ops.normAct(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, 1);
      const biased = ops.biasAct(y, beta as tf.Tensor1D, 1);
      return tf.sum(tf.mul(tf.square(biased), tf.tensor(weights.values, [12, 3]))) as tf.Scalar;
    };
    const gradients = await on('wasm', inputs, (...ts) => tf.grads(f)(ts));
    const h = 1e-2;
    for (let which = 0; which < inputs.length; which++) {
      for (let i = 0; i < (inputs[which] as Plain).values.length; i++) {
        const nudged = (by: number) => {
          const move = (input: Plain, k: number): Plain =>
            k === which ? { ...input, values: input.values.map((value, j) => (j === i ? value + by : value)) } : input;
          return on('wasm', [move(inputs[0], 0), move(inputs[1], 1), move(inputs[2], 2)], (...ts) => [f(...ts)]);
        };
        const [[up], [down]] = [await nudged(h), await nudged(-h)];
        const quotient = (at(up, 0) - at(down, 0)) / (2 * h);
        expect(Math.abs(quotient - at(gradients[which] as Plain, i))).toBeLessThan(5e-3);
      }
    }
  });

  test('gather has a gradient', async () => {
    const indices = [3, 0, 3, 2];
    const error = await errorOnWasm([noise([5, 3], 1), noise([4, 3], 2)], (x, dy) => [
      tf.grad((table) => tf.gather(table, tf.tensor1d(indices, 'int32')))(x, dy),
    ]);
    expect(error).toBeLessThan(1e-6);
  });

  test('random shapes', async () => {
    const size = fc.integer({ min: 1, max: 70 });
    const channels = fc.oneof(fc.constantFrom(1, 3, 4, 5, 64), size, fc.integer({ min: 250, max: 530 }));
    // Rows enough for several blocks, and for some left over.
    const rows = fc.oneof(size, fc.integer({ min: 120, max: 400 }));
    await fc.assert(
      fc.asyncProperty(rows, channels, fc.constantFrom(0, 0.2, 1), async (height, width, slope) => {
        const shape = [height, width];
        const error = await errorOnWasm(
          [noise(shape, 1), vector(shape, 2, 1.5), vector(shape, 3), noise(shape, 4)],
          (x, gamma, beta, dy) => {
            const bias = (a: tf.Tensor, b: tf.Tensor) => ops.biasAct(a, b as tf.Tensor1D, slope);
            const curve = (a: tf.Tensor, b: tf.Tensor) => ops.biasTanh(a, b as tf.Tensor1D);
            const norm = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor) =>
              ops.normAct(a, g as tf.Tensor1D, b as tf.Tensor1D, 0.1, slope).y;
            return [
              bias(x, beta),
              ...tf.grads(bias)([x, beta], dy),
              curve(x, beta),
              ...tf.grads(curve)([x, beta], dy),
              norm(x, gamma, beta),
              ...tf.grads(norm)([x, gamma, beta], dy),
              ops.affineAct(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, slope),
            ];
          },
        );
        expect(error).toBeLessThan(1e-5);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test('tanh is right to 2e-7 of its value from -20 to 20, and keeps what is no number', async () => {
    const values = Float32Array.from({ length: 80_001 }, (_, i) => (i - 40_000) / 2000);
    const small = Float32Array.from({ length: 600 }, (_, i) => (i % 2 ? 1 : -1) * 10 ** (-i / 20));
    for (const x of [values, small]) {
      const [y] = await on('wasm', [{ shape: [x.length], values: x }], (t) => [
        ops.biasTanh(tf.reshape(t, [-1, 1]), tf.zeros([1])),
      ]);
      let worst = 0;
      x.forEach((value, i) => {
        const exact = Math.tanh(value);
        worst = Math.max(worst, Math.abs(at(y, i) - exact) / Math.max(Math.abs(exact), 1e-30));
      });
      expect(worst).toBeLessThan(2e-7);
    }
    const odd = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 0);
    const [y] = await on('wasm', [{ shape: [6, 1], values: odd }], (t) => [ops.biasTanh(t, tf.zeros([1]))]);
    expect(Array.from(y.values)).toEqual([Number.NaN, 1, -1, 1, -1, 0]);
  });
}
