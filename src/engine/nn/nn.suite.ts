import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { openStreams } from '../streams.ts';
import { expectClose, meanOf, read } from '../testing/values.ts';
import type { Mode, Statistics } from './layers.ts';
import { collectStatistics, Network } from './network.ts';
import type { Initializer, LayerSpec } from './spec.ts';

const unit: Initializer = { kind: 'normal', mean: 1, deviation: 0 };
const norm = { kind: 'norm', momentum: 0.8, epsilon: 1e-3, gamma: unit, activation: 'linear' } as const;
const plain = { init: unit, bias: false, activation: 'linear' } as const;

let made: Network[] = [];

function network(input: readonly number[], ...layers: LayerSpec[]): Network {
  const fresh = new Network({ input, layers }, openStreams(3).init);
  made.push(fresh);
  return fresh;
}

/** A forward pass, read back. `weights` in the place of the network's own. */
async function forward(net: Network, x: tf.Tensor, mode: Mode, ...weights: tf.Tensor[]): Promise<number[]> {
  const y = tf.tidy(() => tf.clone(net.forward(x, mode, weights.length > 0 ? weights : net.variables)));
  const values = await read(y);
  tf.dispose([x, y, weights]);
  return values;
}

const use: Mode = { training: false };

/** On the current backend. Figures: section 4.4 of science's tables, by PyTorch and Keras. */
export function layerTests(): void {
  afterEach(() => {
    for (const net of made) net.dispose();
    made = [];
  });

  describe('transposed convolution of [1, 2, 3], stride 2', () => {
    test.each([
      { kernel: [1, 2, 3], wanted: [1, 2, 5, 4, 9, 6] },
      // PyTorch with padding 1 gives the same, which is why the nets use 4.
      { kernel: [1, 2, 3, 4], wanted: [2, 5, 8, 9, 14, 9] },
      { kernel: [1, 2, 3, 4, 5], wanted: [2, 5, 8, 14, 14, 19] },
    ])('kernel $kernel, across and down', async ({ kernel, wanted }) => {
      const k = kernel.length;
      // The one row (or column) of a k x k kernel that meets the input's only row in the output's first.
      const at = Math.floor((k - 2) / 2);
      for (const across of [true, false]) {
        const values = new Float32Array(k * k);
        for (const [i, value] of kernel.entries()) values[across ? at * k + i : i * k + at] = value;
        const input = across ? [1, 3, 1] : [3, 1, 1];
        const net = network(input, { kind: 'convTranspose', filters: 1, kernel: k, stride: 2, ...plain });
        const y = await forward(net, tf.tensor([1, 2, 3], [1, ...input]), use, tf.tensor(values, [k, k, 1, 1]));
        const isFirst = (i: number) => (across ? i < 6 : i % 2 === 0);
        expectClose(
          y.filter((_, i) => isFirst(i)),
          wanted,
          1e-5,
        );
        expectClose(
          y.filter((_, i) => !isFirst(i)),
          [0, 0, 0, 0, 0, 0],
          0,
        );
      }
    });
  });

  describe('convolution', () => {
    test('padding goes right and below where it is odd', async () => {
      // 3 x 3 of ones, stride 2, on 4 x 4 of ones: TensorFlow's 'same' pads one row and column, at the end.
      const net = network([4, 4, 1], { kind: 'conv', filters: 1, kernel: 3, stride: 2, ...plain });
      expectClose(await forward(net, tf.ones([1, 4, 4, 1]), use), [9, 6, 6, 4], 1e-6);
    });

    test('bias, then the activation', async () => {
      const leaky: LayerSpec = {
        ...plain,
        kind: 'conv',
        filters: 2,
        kernel: 1,
        stride: 1,
        bias: true,
        activation: 'leaky',
      };
      const net = network([1, 1, 1], leaky);
      const y = await forward(net, tf.ones([1, 1, 1, 1]), use, tf.tensor4d([1, 1], [1, 1, 1, 2]), tf.tensor1d([-3, 1]));
      expectClose(y, [-0.4, 2], 1e-6);
    });
  });

  test.each([
    { activation: 'linear', wanted: [-2, 3] },
    { activation: 'relu', wanted: [0, 3] },
    { activation: 'leaky', wanted: [-0.4, 3] },
    { activation: 'tanh', wanted: [-0.9640275801, 0.9950547537] },
  ] as const)('dense, $activation, with bias and without', async ({ activation, wanted }) => {
    const swap = () => tf.tensor2d([0, 1, 1, 0], [2, 2]);
    const layer = { kind: 'dense', units: 2, init: unit, activation } as const;
    const without = await forward(network([2], { ...layer, bias: false }), tf.tensor2d([[3, -2]]), use, swap());
    expectClose(without, wanted, 1e-5);
    const bias = tf.tensor1d([-1, 1]);
    expectClose(
      await forward(network([2], { ...layer, bias: true }), tf.tensor2d([[2, -1]]), use, swap(), bias),
      wanted,
      1e-5,
    );
  });

  describe('batch norm of [1, 2, 3, 4]', () => {
    const column = () => tf.tensor2d([1, 2, 3, 4], [4, 1]);

    test('in training: the batch has mean 0 and deviation 1, but for epsilon', async () => {
      const y = await forward(network([1], norm), column(), { training: true });
      expectClose(y, [-1.341105, -0.447035, 0.447035, 1.341105], 2e-6);
      const near = await forward(network([1], { ...norm, epsilon: 1e-5 }), column(), { training: true });
      expectClose(near, [-1.341635, -0.447212, 0.447212, 1.341635], 2e-6);
    });

    test("running statistics after one batch at momentum 0.8: 0.5 and, with Keras's biased variance, 1.05", async () => {
      const net = network([1], norm);
      const { batch, onStatistics } = collectStatistics();
      await forward(net, column(), { training: true, onStatistics });
      net.updateRunning(batch);
      const { mean, variance } = net.running[0] as Statistics;
      expectClose([...(await read(mean)), ...(await read(variance))], [0.5, 1.05], 1e-6);
    });

    test('without training: the running statistics, not the batch', async () => {
      const net = network([1], norm);
      net.updateRunning([{ mean: tf.tensor1d([10]), variance: tf.tensor1d([21]) }]);
      // Running: 0.8 * 0 + 0.2 * 10 = 2 and 0.8 + 0.2 * 21 = 5; then gamma 3, beta -1.
      const y = await forward(net, column(), use, tf.tensor1d([3]), tf.tensor1d([-1]));
      const wanted = [1, 2, 3, 4].map((x) => (3 * (x - 2)) / Math.sqrt(5 + 1e-3) - 1);
      expectClose(y, wanted, 1e-5);
    });

    test('99 % of a statistic is new after 21 batches at momentum 0.8', async () => {
      const net = network([1], norm);
      const means: number[] = [];
      for (let i = 0; i < 21; i++) {
        net.updateRunning([{ mean: tf.tensor1d([1]), variance: tf.tensor1d([1]) }]);
        means.push(...(await read((net.running[0] as Statistics).mean)));
      }
      expect(means.filter((mean) => mean < 0.99).length).toBe(20);
    });

    test('each channel by itself, over batch and space', async () => {
      const net = network([1, 2, 2], norm);
      const x = tf.tensor4d([1, 10, 2, 30, 3, 20, 4, 40], [2, 1, 2, 2]);
      const y = await forward(net, x, { training: true });
      const first = y.filter((_, i) => i % 2 === 0);
      expectClose(first, [-1.341105, -0.447035, 0.447035, 1.341105], 2e-6);
      const second = y.filter((_, i) => i % 2 === 1);
      expectClose(
        second,
        [-15, 5, -5, 15].map((d) => d / Math.sqrt(125 + 1e-3)),
        2e-6,
      );
    });
  });

  describe('dropout', () => {
    const rate = 0.3;

    test('drops the share it says and scales the rest up, so that the sum is kept', async () => {
      const { dropout: stream } = openStreams(11);
      const count = 20_000;
      const y = await forward(network([count], { kind: 'dropout' }), tf.fill([1, count], 2), {
        training: true,
        dropout: { rate, stream },
      });
      const dropped = y.filter((value) => value === 0).length;
      // Five deviations of the binomial.
      expect(Math.abs(dropped - rate * count)).toBeLessThan(5 * Math.sqrt(count * rate * (1 - rate)));
      const kept = y.filter((value) => value !== 0);
      expectClose([Math.min(...kept), Math.max(...kept)], [2 / (1 - rate), 2 / (1 - rate)], 1e-4);
      expect(Math.abs(meanOf(y) - 2)).toBeLessThan(5 * 2 * Math.sqrt(rate / (1 - rate) / count));
    });

    test('has another mask each time, and none without a stream or at rate 0', async () => {
      const { dropout: stream } = openStreams(11);
      const net = network([64], { kind: 'dropout' });
      const pass = (mode: Mode) => forward(net, tf.ones([1, 64]), mode);
      const masked: Mode = { training: true, dropout: { rate, stream } };
      expect(await pass(masked)).not.toEqual(await pass(masked));
      const whole = new Array(64).fill(1);
      expect(await pass({ training: true })).toEqual(whole);
      expect(await pass({ training: true, dropout: { rate: 0, stream } })).toEqual(whole);
    });

    test('the gradient passes where the unit was kept', async () => {
      const net = network([32], { kind: 'dropout' });
      const mode = (): Mode => ({ training: true, dropout: { rate, stream: openStreams(5).dropout } });
      const [y, slope] = tf.tidy(() => {
        const x = tf.ones([1, 32]);
        return [net.forward(x, mode()), tf.grad((input) => tf.sum(net.forward(input, mode())))(x)];
      }) as [tf.Tensor, tf.Tensor];
      expectClose(await read(slope), await read(y), 0);
      tf.dispose([y, slope]);
    });
  });

  test('reshape and flatten keep the order', async () => {
    const net = network([12], { kind: 'reshape', shape: [2, 3, 2] }, { kind: 'flatten' });
    const values = Array.from({ length: 24 }, (_, i) => i);
    expect(net.layers.map(({ output }) => output)).toEqual([[2, 3, 2], [12]]);
    expect(await forward(net, tf.tensor2d(values, [2, 12]), use)).toEqual(values);
  });

  test('a network leaves as many tensors as it found', async () => {
    const before = tf.memory().numTensors;
    const net = network([4, 4, 1], { kind: 'conv', filters: 2, kernel: 4, stride: 2, ...plain, bias: true }, norm);
    const { batch, onStatistics } = collectStatistics();
    const built = tf.memory().numTensors;
    expect(built - before).toBe(6);
    for (let i = 0; i < 3; i++) {
      await forward(net, tf.ones([2, 4, 4, 1]), { training: true, onStatistics });
      net.updateRunning(batch);
      await forward(net, tf.ones([2, 4, 4, 1]), use);
    }
    expect(tf.memory().numTensors).toBe(built);
    made.pop()?.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
}
