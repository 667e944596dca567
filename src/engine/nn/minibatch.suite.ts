import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import oracle from '../regularizers/tricks.oracle.json' with { type: 'json' };
import { openStreams } from '../streams.ts';
import { fill, waves } from '../testing/steps.ts';
import { expectClose, read } from '../testing/values.ts';
import { minibatchDiscrimination, minibatchStddev } from './minibatch.ts';
import { Network } from './network.ts';
import type { LayerSpec } from './spec.ts';
import { virtualNorm } from './virtualNorm.ts';

/** Output, and the gradients of sum(output * noise), of scripts/fixtures/tricks.py. */
async function expectLike(
  of: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
  wanted: { readonly output: readonly number[]; readonly gradients: readonly (readonly number[])[] },
): Promise<void> {
  const made = tf.tidy(() => {
    const output = of(...inputs);
    const loss = (...all: tf.Tensor[]) => tf.sum(tf.mul(of(...all), waves(output.shape, 39))) as tf.Scalar;
    return [output, ...tf.grads(loss)([...inputs])];
  });
  for (const [i, values] of [wanted.output, ...wanted.gradients].entries()) {
    expectClose(await read(made[i] as tf.Tensor), values, 3e-5);
  }
  tf.dispose([made, [...inputs]]);
}

async function taken(make: () => tf.Tensor): Promise<number[]> {
  const made = tf.tidy(make);
  const values = await read(made);
  made.dispose();
  return values;
}

const network = (input: readonly number[], ...layers: LayerSpec[]) =>
  new Network({ input, layers }, openStreams(3).init);
const dense = { kind: 'dense', units: 3, init: { kind: 'he' }, bias: false, activation: 'linear' } as const;

/** On the current backend. */
export function minibatchTests(): void {
  describe('minibatch standard deviation', () => {
    test.each(oracle.stddev)('of $batch images, in groups of 4 or, where those do not fit, of all', async (wanted) => {
      await expectLike((x) => minibatchStddev(x, 4), [waves([wanted.batch, 3, 2, 5], 31)], wanted);
    });

    test('of images that are all alike, 1e-4; of uniform noise in [-1, 1], 0.577', async () => {
      const alike = await taken(() => minibatchStddev(tf.tile(waves([1, 4, 4, 2], 1), [4, 1, 1, 1]), 4));
      expect(alike.at(-1)).toBeCloseTo(1e-4, 8);
      const spread = await taken(() => minibatchStddev(waves([64, 16, 16, 1], 2), 64));
      expect(spread.at(-1)).toBeCloseTo(0.577, 2);
    });

    test('of vectors too: one more unit', async () => {
      expectClose(
        await taken(() => minibatchStddev(tf.tensor2d([1, 5, 3, 5], [2, 2]), 2)),
        [1, 5, 0.50005, 3, 5, 0.50005],
        1e-6,
      );
    });
  });

  test("minibatch discrimination, as the authors' code", async () => {
    const [x, projection, bias] = [waves([5, 6], 32), tf.mul(waves([6, 12], 33), 0.3), waves([3], 34)];
    const of = (a: tf.Tensor, t: tf.Tensor, b: tf.Tensor) =>
      minibatchDiscrimination(a as tf.Tensor2D, t as tf.Tensor2D, b as tf.Tensor1D);
    await expectLike(of as (...inputs: tf.Tensor[]) => tf.Tensor, [x, projection, bias], oracle.discrimination);
  });

  describe('virtual batch norm', () => {
    test.each(oracle.virtual)('of $shape: statistics of the reference batch and of one image', async (wanted) => {
      const of = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => virtualNorm(x, 3, gamma, beta, 1e-5, 0.2);
      const inputs = [waves(wanted.shape, 35), waves([4], 36), waves([4], 37)];
      await expectLike(of as (...inputs: tf.Tensor[]) => tf.Tensor, inputs, wanted);
    });

    test('what becomes of an image does not hang on its batch, but on the reference batch of the seed', async () => {
      const { numTensors } = tf.memory();
      const gamma = { kind: 'normal', mean: 1, deviation: 0 } as const;
      const layers: LayerSpec[] = [dense, { kind: 'virtualNorm', epsilon: 1e-5, gamma, activation: 'relu' }, dense];
      const [net, other] = [network([4], ...layers), new Network({ input: [4], layers }, openStreams(4).init)];
      for (const each of [net, other]) fill(each, 50);
      const z = waves([6, 4], 1);
      const whole = await taken(() => net.forward(z, { training: true }));
      const alone = await taken(() => net.forward(tf.slice(z, [2, 0], [1, 4]), { training: false }));
      expectClose(alone, whole.slice(6, 9), 1e-5);
      const elsewhere = await taken(() => other.forward(z, { training: true }));
      expect(Math.max(...whole.map((value, i) => Math.abs(value - (elsewhere[i] ?? 0))))).toBeGreaterThan(1e-3);
      expect([net.mixesBatch, net.running.length]).toEqual([false, 0]);
      for (const each of [net, other]) each.dispose();
      z.dispose();
      expect(tf.memory().numTensors).toBe(numTensors);
    });
  });

  test.each<[boolean, LayerSpec]>([
    [true, { kind: 'minibatchStddev', group: 4 }],
    [true, { kind: 'minibatchDiscrimination', kernels: 2, dims: 3 }],
    [false, { kind: 'dropout' }],
  ])('a network says that it mixes its batch (%s) and does: $kind', async (mixes, layer) => {
    const net = network([4], dense, layer, dense);
    expect(net.mixesBatch).toBe(mixes);
    const x = waves([4, 4], 1);
    const whole = await taken(() => net.forward(x, { training: true }));
    const alone = await taken(() => net.forward(tf.slice(x, [0, 0], [2, 4]), { training: true }));
    const most = Math.max(...alone.map((value, i) => Math.abs(value - (whole[i] ?? 0))));
    if (mixes) expect(most).toBeGreaterThan(1e-3);
    else expect(most).toBeLessThan(1e-6);
    net.dispose();
    x.dispose();
  });
}
