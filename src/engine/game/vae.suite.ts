import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { vae as model } from '../models/vae.ts';
import { Network } from '../nn/network.ts';
import { MovingAverage } from '../optim/ema.ts';
import { type Optimiser, optimisers } from '../optim/optimiser.ts';
import type { Player } from '../step.ts';
import { openStreams } from '../streams.ts';
import { type Checks, disposePlayers, expectChecks, fill, settingsOf, waves } from '../testing/steps.ts';
import { tinyExperiment } from '../testing/tiny.ts';
import { expectClose, read } from '../testing/values.ts';
import oracle from './vae.oracle.json' with { type: 'json' };
import { divergenceLoss, elboStep, reconstructionLoss } from './vae.ts';

/** The settings of scripts/fixtures/vae_steps.py. */
const experiment = tinyExperiment({ 'model.family': 'vae', 'vae.beta': 2, 'g.lr': 1e-3, 'd.lr': 2e-3 });
const settings = { g: settingsOf(experiment, 'g'), d: settingsOf(experiment, 'd') };
const streams = openStreams(0);

/** Both networks with the fixture's first weights. */
function players(): { readonly g: Player; readonly d: Player } {
  const player = (side: 'g' | 'd', seed: number): Player => {
    const network = new Network(model[side === 'g' ? 'generator' : 'discriminator'](experiment, 1), streams.init);
    fill(network, seed);
    return { network, optimiser: optimisers.adam(network.variables) };
  };
  return { g: player('g', 1000), d: player('d', 2000) };
}

/** On the current backend. */
export function vaeTests(tolerance: number): void {
  test('five updates against PyTorch in float64: both losses, gradients, weights and their average', async () => {
    const { g, d } = players();
    const average = new MovingAverage(g.network.variables);
    const averaging = { average, halfLife: experiment['ema.halfLife'] };
    for (const [step, wanted] of oracle.signals.entries()) {
      const [images, noise] = [waves([4, 16, 16, 1], 5000 + step), waves([4, 8], 6000 + step) as tf.Tensor2D];
      const row = elboStep({ g, d, experiment, streams }, images, noise, settings, averaging);
      const [divergence, dReal, dFake, gradD] = await read(row.d);
      expect([dReal, dFake]).toEqual([Number.NaN, Number.NaN]);
      const got = [divergence as number, gradD as number, ...(await read(row.g))];
      expectClose(
        got.map((value, i) => value / (wanted[i] as number)),
        wanted.map(() => 1),
        tolerance,
      );
      tf.dispose([images, noise, row.d, row.g]);
    }
    const pairs: [readonly tf.Tensor[], readonly Checks[]][] = [
      [g.network.variables, oracle.g],
      [d.network.variables, oracle.d],
      [average.values, oracle.average],
    ];
    for (const [tensors, checks] of pairs) {
      expect(tensors.length).toBe(checks.length);
      for (const [i, tensor] of tensors.entries()) await expectChecks(tensor, checks[i] as Checks, tolerance);
    }
    average.dispose();
    disposePlayers({ g, d });
  });

  describe('the two halves of the bound', () => {
    test("the divergence is PyTorch's closed form", async () => {
      const [mean, logVariance] = [waves([3, 5], 1), waves([3, 5], 2)] as [tf.Tensor2D, tf.Tensor2D];
      const divergence = tf.tidy(() => divergenceLoss(mean, logVariance));
      expectClose(await read(divergence), [oracle.divergence], 1e-6);
      tf.dispose([mean, logVariance, divergence]);
    });

    test('the prior has none; a unit a deviation off has half a nat', async () => {
      const at = (mean: number) => tf.tidy(() => divergenceLoss(tf.fill([2, 3], mean), tf.zeros([2, 3])));
      const [none, off] = [at(0), at(1)];
      expectClose([...(await read(none)), ...(await read(off))], [0, 1.5], 1e-6);
      tf.dispose([none, off]);
    });

    test('the reconstruction error is twice the squared distance of an image, and 0 for a copy', async () => {
      const x = waves([2, 4, 4, 1], 3);
      const copy = tf.tidy(() => reconstructionLoss(x, x));
      const off = tf.tidy(() => reconstructionLoss(x, tf.add(x, 0.5)));
      expectClose([...(await read(copy)), ...(await read(off))], [0, 2 * 16 * 0.25], 1e-4);
      tf.dispose([x, copy, off]);
    });
  });
}

/** Finite differences of the whole loss along a random direction, for every array of both networks. */
export function vaeDifferences(): void {
  test('the gradients are the slopes of reconstruction + beta x divergence', async () => {
    const images = waves([4, 16, 16, 1], 1);
    const noise = waves([4, 8], 2) as tf.Tensor2D;
    const { g, d } = players();
    const variables = [...d.network.variables, ...g.network.variables];
    const gradients: tf.Tensor[] = [];
    /** The loss as it stands. The optimiser only looks. */
    const lossOf = async () => {
      for (const gradient of gradients.splice(0)) gradient.dispose();
      const watching: Optimiser = {
        step: (found) => {
          gradients.push(...found.map((one) => tf.keep(tf.clone(one))));
          return tf.scalar(0);
        },
        dispose: () => {},
      };
      const still = (player: Player): Player => ({ network: player.network, optimiser: watching });
      const row = elboStep({ g: still(g), d: still(d), experiment, streams }, images, noise, settings);
      const [divergence, error] = [(await read(row.d))[0] as number, (await read(row.g))[0] as number];
      tf.dispose([row.d, row.g]);
      return error + 2 * divergence;
    };
    await lossOf();
    const slopes: number[] = [];
    const wanted: number[] = [];
    const first = gradients.map((one) => tf.keep(tf.clone(one)));
    for (const [i, variable] of variables.entries()) {
      const along = waves(variable.shape, 900 + i);
      const slope = tf.tidy(() => tf.sum(tf.mul(first[i] as tf.Tensor, along)));
      slopes.push((await read(slope))[0] as number);
      const move = (by: number) => tf.tidy(() => variable.assign(tf.add(variable, tf.mul(along, by))));
      // Small, as the slopes of leaky ReLU and ReLU jump.
      const step = 1e-4;
      move(step);
      const above = await lossOf();
      move(-2 * step);
      const below = await lossOf();
      move(step);
      wanted.push((above - below) / (2 * step));
      tf.dispose([along, slope]);
    }
    const scale = Math.max(...wanted.map(Math.abs));
    expect(scale).toBeGreaterThan(10);
    expectClose(slopes, wanted, 0.01 * scale);
    tf.dispose([images, noise, ...first, ...gradients]);
    disposePlayers({ g, d });
  });
}
