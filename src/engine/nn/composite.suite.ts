import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { openStreams } from '../streams.ts';
import { fill, waves } from '../testing/steps.ts';
import { expectClose, read } from '../testing/values.ts';
import oracle from './layers.oracle.json' with { type: 'json' };
import { Network } from './network.ts';
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
async function expectPass(net: Network, shape: readonly number[], wanted: Wanted): Promise<void> {
  const [y, dx, ...dw] = tf.tidy(() => {
    const [x, weights] = [waves(shape, 3900), net.variables as readonly tf.Tensor[]];
    const forward = (input: tf.Tensor, ...own: tf.Tensor[]) => net.forward(input, { training: true }, own);
    const output = forward(x, ...weights);
    const loss = (...all: tf.Tensor[]) =>
      tf.sum<tf.Scalar>(tf.mul(forward(...(all as [tf.Tensor])), waves(output.shape, 3901)));
    return [output, ...tf.grads(loss)([x, ...weights])];
  }) as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
  expectClose(await read(y), wanted.output, tolerance);
  expectClose(await read(dx), wanted.input, tolerance);
  for (const [i, gradient] of dw.entries())
    expectClose(await read(gradient), wanted.gradients[i] as number[], 5 * tolerance);
  tf.dispose([y, dx, dw]);
}

/** On the current backend, against PyTorch in float64. */
export function compositeTests(): void {
  afterEach(() => {
    for (const net of made) net.dispose();
    made = [];
  });

  describe('residual blocks and resampling', () => {
    test('a critic: output and gradients', () => expectPass(network(critic, 3000), [3, 6, 6, 2], oracle.critic));
    test('doubling', () => expectPass(network(doubling, 3100), [2, 3, 4, 2], oracle.doubling));

    test("the gradient of a penalty on the critic's gradient", async () => {
      const net = network(critic, 3000);
      const { value, grads } = tf.tidy(() =>
        tf.variableGrads(() => {
          const judge = (x: tf.Tensor) => tf.sum<tf.Scalar>(net.forward(x, { training: true }));
          return tf.mul(tf.sum(tf.square(tf.grad(judge)(waves([3, 6, 6, 2], 3900)))), 0.5) as tf.Scalar;
        }, [...net.variables]),
      );
      const { penalty, penaltyGradients } = oracle.critic;
      expectClose(await read(value), penalty, tolerance * (penalty[0] as number));
      for (const [i, { name }] of net.variables.entries()) {
        const wanted = penaltyGradients[i] as number[];
        // A bias moves the masks only where it crosses zero: tfjs leaves such a gradient out, PyTorch has zeros.
        if (wanted.every((number) => number === 0)) continue;
        expectClose(await read(grads[name] as tf.Tensor), wanted, 1e-4);
      }
      tf.dispose([value, ...Object.values(grads)]);
    });

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
}
