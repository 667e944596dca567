import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { classLosses } from '../classLosses.ts';
import { openStreams } from '../streams.ts';
import { fill, waves } from '../testing/steps.ts';
import { expectClose, read } from '../testing/values.ts';
import oracle from './layers.oracle.json' with { type: 'json' };
import type { Mode } from './layers.ts';
import { collectStatistics, Network } from './network.ts';
import type { LayerSpec, NetworkSpec } from './spec.ts';

const init = { kind: 'he' } as const;
const conv = (kernel: number, filters: number, bent: boolean): LayerSpec => ({
  kind: 'conv',
  kernel,
  filters,
  stride: 1,
  init,
  bias: bent,
  activation: bent ? 'leaky' : 'linear',
});

/** The networks of scripts/fixtures/layers.py. */
const critic: NetworkSpec = {
  input: [6, 6, 2],
  layers: [
    { kind: 'conv', kernel: 1, filters: 3, stride: 1, init, bias: true, activation: 'linear' },
    { kind: 'residual', body: [conv(1, 3, true), conv(3, 3, true), conv(1, 3, false)], shortcut: [] },
    { kind: 'resample', way: 'down', filters: 4, init },
    { kind: 'residual', body: [conv(3, 5, true)], shortcut: [conv(1, 5, false)] },
    { kind: 'flatten' },
    { kind: 'dense', units: 1, init, bias: true, activation: 'linear' },
  ],
};
const doubling: NetworkSpec = { input: [3, 4, 2], layers: [{ kind: 'resample', way: 'up', filters: 3, init }] };

const styled = (filters: number, up: boolean): LayerSpec => ({
  kind: 'styledConv',
  style: 5,
  filters,
  kernel: 3,
  up,
  demodulate: true,
  noise: false,
  init,
  activation: 'leaky',
});
const styles: NetworkSpec = {
  input: [3],
  layers: [
    { kind: 'unitSquare' },
    { kind: 'dense', units: 5, init, bias: true, activation: 'leaky' },
    { kind: 'truncation', momentum: 0.9 },
    { kind: 'constant', shape: [3, 3, 4] },
    styled(6, false),
    styled(5, true),
    { ...styled(2, false), kernel: 1, demodulate: false, activation: 'linear' } as LayerSpec,
  ],
};
const embedding: NetworkSpec = {
  input: [3],
  layers: [
    { kind: 'classes', classes: 3, units: 2 },
    { kind: 'dense', units: 4, init, bias: true, activation: 'linear' },
  ],
};
const projection: NetworkSpec = {
  input: [3],
  layers: [
    { kind: 'dense', units: 5, init, bias: true, activation: 'leaky' },
    { kind: 'projection', classes: 3, init },
  ],
};
const auxiliary: NetworkSpec = { input: [3], layers: [{ kind: 'auxiliary', classes: 3, init }] };

const tolerance = 2e-5;
let made: Network[] = [];

function network(spec: NetworkSpec, seed: number): Network {
  const fresh = new Network(spec, openStreams(3).init);
  fill(fresh, seed);
  made.push(fresh);
  return fresh;
}

interface Wanted {
  readonly output: readonly number[];
  readonly input: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/** Output, and gradients of sum(output * noise). */
async function expectPass(
  shape: readonly number[],
  wanted: Wanted,
  weights: readonly tf.Tensor[],
  forward: (x: tf.Tensor, weights: readonly tf.Tensor[]) => tf.Tensor,
): Promise<void> {
  const [y, dx, ...dw] = tf.tidy(() => {
    const x = waves(shape, 3900);
    const output = forward(x, weights);
    const loss = (input: tf.Tensor, ...own: tf.Tensor[]) =>
      tf.sum<tf.Scalar>(tf.mul(forward(input, own), waves(output.shape, 3901)));
    return [output, ...tf.grads(loss as (...all: tf.Tensor[]) => tf.Scalar)([x, ...weights])];
  }) as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
  expectClose(await read(y), wanted.output, tolerance);
  expectClose(await read(dx), wanted.input, tolerance);
  for (const [i, gradient] of dw.entries())
    expectClose(await read(gradient), wanted.gradients[i] as number[], 5 * tolerance);
  tf.dispose([y, dx, dw]);
}

const labels = () => tf.tensor2d([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1], [4, 3]);

async function expectNet(spec: NetworkSpec, seed: number, shape: readonly number[], wanted: Wanted): Promise<void> {
  const net = network(spec, seed);
  await expectPass(shape, wanted, net.variables, (x, own) => net.forward(x, { training: true, labels: labels() }, own));
}

interface Penalised {
  readonly penalty: readonly number[];
  readonly penaltyGradients: readonly (readonly number[])[];
}

/** Of half the square of the gradient with respect to the images, summed. */
async function expectPenalty(
  spec: NetworkSpec,
  seed: number,
  shape: readonly number[],
  { penalty, penaltyGradients }: Penalised,
): Promise<void> {
  const net = network(spec, seed);
  const { value, grads } = tf.tidy(() =>
    tf.variableGrads(() => {
      const judge = (x: tf.Tensor) => tf.sum<tf.Scalar>(net.forward(x, { training: true, labels: labels() }));
      return tf.mul(tf.sum(tf.square(tf.grad(judge)(waves(shape, 3900)))), 0.5) as tf.Scalar;
    }, [...net.variables]),
  );
  expectClose(await read(value), penalty, tolerance * (penalty[0] as number));
  for (const [i, { name }] of net.variables.entries()) {
    const wanted = penaltyGradients[i] as number[];
    // A bias moves the masks only where it crosses zero: tfjs leaves such a gradient out, PyTorch has zeros.
    if (wanted.every((number) => number === 0)) continue;
    expectClose(await read(grads[name] as tf.Tensor), wanted, 1e-4);
  }
  tf.dispose([value, ...Object.values(grads)]);
}

/** On the current backend, against PyTorch in float64. */
export function compositeTests(): void {
  afterEach(() => {
    for (const net of made) net.dispose();
    made = [];
  });

  describe('residual blocks and resampling', () => {
    test('a critic: output and gradients', () => expectNet(critic, 3000, [3, 6, 6, 2], oracle.critic));
    test('doubling', () => expectNet(doubling, 3100, [2, 3, 4, 2], oracle.doubling));
    test("the gradient of a penalty on the critic's gradient", () =>
      expectPenalty(critic, 3000, [3, 6, 6, 2], oracle.critic));

    test('a flat image stays flat, but for its edge', async () => {
      for (const way of ['up', 'down'] as const) {
        const net = network({ input: [4, 4, 1], layers: [{ kind: 'resample', way, filters: 1, init }] }, 1);
        const one = tf.ones([1, 1, 1, 1]);
        const y = tf.tidy(() => tf.clone(net.forward(tf.ones([1, 4, 4, 1]), { training: true }, [one])));
        const side = y.shape[1] as number;
        const inner = (await read(y)).filter((_, i) => {
          const [row, column] = [Math.floor(i / side), i % side];
          return way === 'up' ? row > 0 && column > 0 : row < side - 1 && column < side - 1;
        });
        expect(inner.length).toBe((side - 1) ** 2);
        expectClose(inner, new Array(inner.length).fill(1), 1e-6);
        tf.dispose([one, y]);
      }
    });
  });

  describe('styles', () => {
    test('mapping, modulated and demodulated convolutions: output and gradients', () =>
      expectNet(styles, 3200, [4, 3], oracle.styled));

    /** What comes out in these modes. */
    const made = async (net: Network, z: tf.Tensor, mode: Partial<Mode>) => {
      const y = tf.tidy(() => tf.clone(net.forward(z, { training: false, ...mode })));
      const values = await read(y);
      y.dispose();
      return values;
    };

    test('truncation: at psi 0 every image is that of the mean style, at 1 its own', async () => {
      const net = network(styles, 3200);
      const z = waves([2, 3], 5);
      const { batch, onStatistics } = collectStatistics();
      tf.tidy(() => void net.forward(z, { training: true, onStatistics }));
      const mean = await read(batch[0]?.mean as tf.Tensor);
      net.updateRunning(batch);
      const running = await read(net.running[0]?.mean as tf.Tensor);
      expectClose(
        running,
        Float64Array.from(mean, (value) => 0.1 * value),
        1e-6,
      );
      const [none, half, whole] = await Promise.all([0, 0.5, 1].map((psi) => made(net, z, { psi })));
      expectClose(...halves(none as number[]), 1e-6);
      expect(whole).toEqual(await made(net, z, {}));
      expect(whole).toEqual(await made(net, z, { training: true, psi: 0 }));
      expect(half).not.toEqual(whole);
      z.dispose();
    });

    test('mixing: the layers before the crossover have the first style, the others the second', async () => {
      const net = network(styles, 3200);
      const [a, b] = [waves([1, 3], 5), waves([1, 3], 6)];
      const both = tf.concat([a, b]);
      const crossed = await Promise.all([0, 1, 2, 3].map((crossover) => made(net, both, { crossover })));
      expectClose(crossed[3] as number[], await made(net, a, {}), 1e-6);
      expectClose(crossed[0] as number[], await made(net, b, {}), 1e-6);
      expect(new Set(crossed.map(String)).size).toBe(4);
      tf.dispose([a, b, both]);
    });

    test('noise is added with its strength, the same to each channel, from a stream of its own', async () => {
      const noisy: NetworkSpec = {
        input: [3],
        layers: [
          { kind: 'constant', shape: [2, 2, 3] },
          { ...styled(2, false), style: 3, noise: true, activation: 'linear' } as LayerSpec,
        ],
      };
      const net = network(noisy, 3600);
      const [strength] = await read(net.variables[4] as tf.Tensor);
      const z = waves([2, 3], 5);
      const [still, moved] = [await made(net, z, {}), await made(net, z, { noise: openStreams(4).pixelNoise })];
      const drawn = openStreams(4).pixelNoise.normals(2 * 2 * 2);
      const wanted = still.map((value, i) => value + (strength as number) * (drawn[Math.floor(i / 2)] as number));
      expect(Math.abs(strength as number)).toBeGreaterThan(0.01);
      expectClose(moved, wanted, 1e-5);
      z.dispose();
    });
  });

  describe('classes', () => {
    test('an embedding beside z', () => expectNet(embedding, 3300, [4, 3], oracle.embedding));
    test('projection: output and gradients', () => expectNet(projection, 3400, [4, 3], oracle.projection));
    test('the gradient of a penalty on its gradient', () => expectPenalty(projection, 3400, [4, 3], oracle.projection));

    test("an auxiliary classifier's logit and cross-entropy", async () => {
      const net = network(auxiliary, 3500);
      await expectPass([4, 3], oracle.auxiliary, net.variables, (x, own) => {
        const { terms, onClasses } = classLosses(4);
        const logits = net.forward(x, { training: true, labels: labels(), onClasses }, own);
        return tf.concat([logits, tf.reshape(terms[0] as tf.Scalar, [1, 1])]);
      });
    });
  });
}

function halves(values: readonly number[]): [readonly number[], readonly number[]] {
  return [values.slice(0, values.length / 2), values.slice(values.length / 2)];
}
