import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FUSED, hasFused } from '../fused.ts';
import * as ops from '../index.ts';
import { at, errorOnWasm, noise, on, type Plain, relativeError } from './testing.ts';

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
      const [x, c] = [tf.ones([2, 3]), tf.ones<tf.Rank.R1>([3])];
      ops.biasAct(x, c, 0.2);
      ops.normAct(x, c, c, 1e-3, 0.2);
      ops.affineAct(x, c, c, 0.2);
      return ops.adamUpdate(
        [{ param: x, grad: x, m: x, v: x }],
        { alpha: 1, beta1: 0, beta2: 0, epsilon: 1 },
        { first: 1, second: 1 },
      ).gradientNorm;
    });
    expect(kernelNames).toEqual(expect.arrayContaining([FUSED.biasAct, FUSED.normAct, FUSED.affineAct, FUSED.adam]));
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

  describe('Adam', () => {
    test.each([[1], [4], [7], [3, 5, 2]])(
      'shape %s over five steps equals the composed op on cpu',
      async (...shape) => {
        const settings = { alpha: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
        const inputs = [noise(shape, 1), ...[2, 3, 4, 5, 6].map((seed) => noise(shape, seed))];
        const error = await errorOnWasm(inputs, (param, ...grads) => {
          let state: ops.AdamMoments = { param, m: tf.zerosLike(param), v: tf.zerosLike(param) };
          grads.forEach((grad, i) => {
            const corrections = ops.adamCorrections(settings, i + 1);
            state = ops.adamUpdate([{ ...state, grad }], settings, corrections).next[0] as ops.AdamMoments;
          });
          return [state.param, state.m, state.v];
        });
        expect(error).toBeLessThan(1e-6);
      },
    );

    test('follows PyTorch on f(x) = x^2 from 1', async () => {
      const path = [0.999, 0.9980000262, 0.9970000961, 0.9960002269, 0.9950004361];
      const settings = { alpha: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
      const points = await on('wasm', [{ shape: [1], values: Float32Array.of(1) }], (x) => {
        let state: ops.AdamMoments = { param: x, m: tf.zerosLike(x), v: tf.zerosLike(x) };
        return path.map((_, i) => {
          const corrections = ops.adamCorrections(settings, i + 1);
          const grad = tf.mul(state.param, 2);
          state = ops.adamUpdate([{ ...state, grad }], settings, corrections).next[0] as ops.AdamMoments;
          return state.param;
        });
      });
      points.forEach((point, i) => {
        expect(Math.abs(at(point, 0) - (path[i] as number))).toBeLessThan(1.3e-7);
      });
    });

    test('leaves its inputs alone', async () => {
      const grad = noise([9], 2);
      const [param] = await on('wasm', [noise([9], 1), grad], (p, g) => {
        ops.adamUpdate(
          [{ param: p, grad: g, m: g, v: g }],
          { alpha: 1, beta1: 0, beta2: 0, epsilon: 1 },
          { first: 1, second: 1 },
        );
        return [p];
      });
      expect(relativeError(param, noise([9], 1))).toBe(0);
    });
  });

  test('gather has a gradient', async () => {
    const indices = [3, 0, 3, 2];
    const error = await errorOnWasm([noise([5, 3], 1), noise([4, 3], 2)], (x, dy) => [
      tf.grad((table) => tf.gather(table, tf.tensor1d(indices, 'int32')))(x, dy),
    ]);
    expect(error).toBeLessThan(1e-6);
  });

  test('stable losses on logits of any size', async () => {
    const logits = { shape: [6], values: Float32Array.of(-100, -20, -0.5, 0.5, 20, 100) };
    for (const target of [0, 1, 0.9]) {
      const error = await errorOnWasm([logits], (x) => [
        ops.bceWithLogits(x, target),
        tf.grad((t) => ops.bceWithLogits(t, target))(x),
      ]);
      expect(error).toBeLessThan(1e-6);
    }
  });

  test('random shapes of biasAct and normAct', async () => {
    const size = fc.integer({ min: 1, max: 70 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.constantFrom(0, 0.2, 1), async (rows, channels, slope) => {
        const shape = [rows, channels];
        const error = await errorOnWasm(
          [noise(shape, 1), vector(shape, 2, 1.5), vector(shape, 3), noise(shape, 4)],
          (x, gamma, beta, dy) => {
            const bias = (a: tf.Tensor, b: tf.Tensor) => ops.biasAct(a, b as tf.Tensor1D, slope);
            const norm = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor) =>
              ops.normAct(a, g as tf.Tensor1D, b as tf.Tensor1D, 0.1, slope).y;
            return [
              bias(x, beta),
              ...tf.grads(bias)([x, beta], dy),
              norm(x, gamma, beta),
              ...tf.grads(norm)([x, gamma, beta], dy),
            ];
          },
        );
        expect(error).toBeLessThan(1e-5);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
}
