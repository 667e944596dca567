import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeStarters } from './backend/node.ts';
import { gather } from './data/sampler.ts';
import { collectStatistics, disposeStatistics } from './nn/network.ts';
import type { Optimiser } from './optim/optimiser.ts';
import { discriminatorStep, generatorStep, type Player } from './step.ts';
import { openStreams } from './streams.ts';
import { use } from './testing/backends.ts';
import { disposePlayers, matchOf, playersOf, settingsOf, waves } from './testing/steps.ts';
import { squares } from './testing/tiny.ts';
import { expectClose, read } from './testing/values.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

const all = (tensors: readonly tf.Tensor[]) => Promise.all(tensors.map(read));
const weights = ({ network }: Player) => all(network.variables);
const running = ({ network }: Player) => all(network.running.flatMap(({ mean, variance }) => [mean, variance]));

const latents = (seed: number) => waves([4, 8], seed);
const reals = (seed: number) => waves([4, 16, 16, 1], seed);

/** Real images of a data set. */
function batchOf(seed: number): tf.Tensor {
  const { train } = squares(seed);
  return tf.tensor(gather(train, [0, 1, 2, 3], 16, 1), [4, 16, 16, 1]);
}

describe("D's step", () => {
  test('moves D and nothing of G, nor its running statistics', async () => {
    const { g, d, experiment } = playersOf('dcgan16');
    const before = [await weights(g), await running(g)];
    const weightsD = await weights(d);
    discriminatorStep(
      matchOf({ g, d, experiment: experiment }),
      { images: reals(1) },
      { z: latents(2) },
      settingsOf(experiment, 'd'),
    ).dispose();
    expect([await weights(g), await running(g)]).toEqual(before);
    for (const [i, values] of (await weights(d)).entries()) expect(values).not.toEqual(weightsD[i]);
    disposePlayers({ g, d });
  });

  test("D's running statistics follow its reals, then its fakes", async () => {
    const { g, d, experiment } = playersOf('dcgan16');
    const [real, z] = [reals(1), latents(2)];
    const [onReal, onFake] = [collectStatistics(), collectStatistics()];
    tf.tidy(() => {
      d.network.forward(real, { training: true, onStatistics: onReal.onStatistics });
      const fake = g.network.forward(z, { training: true });
      d.network.forward(fake, { training: true, onStatistics: onFake.onStatistics });
    });
    const [ofReal, ofFake] = await Promise.all([read(onReal.batch[0]!.mean), read(onFake.batch[0]!.mean)]);
    discriminatorStep(
      matchOf({ g, d, experiment: experiment }),
      { images: real },
      { z: z },
      settingsOf(experiment, 'd'),
    ).dispose();
    const [mean] = await running(d);
    // Momentum 0.9 from 0: the fakes, being last, weigh 0.1, the reals 0.09.
    expectClose(
      mean!,
      ofReal.map((value, i) => 0.09 * value + 0.1 * ofFake[i]!),
      1e-6,
    );
    // The other order would show.
    expect(Math.max(...ofReal.map((value, i) => 0.01 * Math.abs(value - ofFake[i]!)))).toBeGreaterThan(1e-4);
    disposeStatistics([...onReal.batch, ...onFake.batch]);
    disposePlayers({ g, d });
  });
});

describe("G's step", () => {
  test("moves G and its running statistics, and nothing of D's", async () => {
    const { g, d, experiment } = playersOf('dcgan16');
    const before = [await weights(d), await running(d)];
    const [weightsG, runningG] = [await weights(g), await running(g)];
    generatorStep(matchOf({ g, d, experiment: experiment }), { z: latents(2) }, settingsOf(experiment, 'g')).dispose();
    expect([await weights(d), await running(d)]).toEqual(before);
    for (const [i, values] of (await weights(g)).entries()) expect(values).not.toEqual(weightsG[i]);
    for (const [i, values] of (await running(g)).entries()) expect(values).not.toEqual(runningG[i]);
    disposePlayers({ g, d });
  });
});

test('a live smoothing and loss reach the steps', async () => {
  const signals: number[] = [];
  for (const change of [{}, { 'objective.realLabel': 0.7 }, { 'objective.loss': 'minimax' }] as const) {
    const { g, d, experiment } = playersOf('dcgan16');
    const changed = { ...experiment, ...change };
    const ofD = discriminatorStep(
      matchOf({ g, d, experiment: changed }),
      { images: reals(1) },
      { z: latents(2) },
      settingsOf(changed, 'd'),
    );
    const ofG = generatorStep(matchOf({ g, d, experiment: changed }), { z: latents(3) }, settingsOf(changed, 'g'));
    signals.push((await read(ofD))[0]!, (await read(ofG))[0]!);
    disposePlayers({ g, d });
  }
  const [lossD, lossG, smoothedD, , minimaxD, minimaxG] = signals as [number, number, number, number, number, number];
  expect(Math.abs(smoothedD - lossD)).toBeGreaterThan(1e-3);
  expect(minimaxD).toBe(lossD);
  expect(minimaxG).toBeLessThan(0);
  expect(lossG).toBeGreaterThan(0);
});

test('dropout draws masks for D, on reals, fakes and through G', async () => {
  const { g, d, experiment: kept } = playersOf('dcgan16');
  const streams = openStreams(1);
  const experiment = { ...kept, 'model.dropoutD': 0.5 };
  const match = matchOf({ g, d, experiment }, { streams });
  const states = [JSON.stringify(streams.dropout.state())];
  discriminatorStep(match, { images: reals(1) }, { z: latents(2) }, settingsOf(experiment, 'd')).dispose();
  states.push(JSON.stringify(streams.dropout.state()));
  generatorStep(match, { z: latents(3) }, settingsOf(experiment, 'g')).dispose();
  states.push(JSON.stringify(streams.dropout.state()));
  expect(new Set(states).size).toBe(3);

  // D's two layers of 8 x 8 x 4 and 4 x 4 x 8 units, two to a draw; twice in D's step, once in G's.
  const expected = openStreams(1).dropout;
  for (let i = 0; i < 3; i++) for (const units of [8 * 8 * 4, 4 * 4 * 8]) expected.dropoutMask(4 * units, 0.5);
  expect(streams.dropout.state()).toEqual(expected.state());
  disposePlayers({ g, d });
});

describe("the article's error, which fed G's own images to D as real", () => {
  /** D's whole gradient at the fixture's first weights. */
  async function gradientOfD(real: tf.Tensor, z: tf.Tensor): Promise<number[]> {
    const { g, d, experiment } = playersOf('article');
    let gradient: Promise<number[][]> = Promise.resolve([]);
    const watching: Optimiser = {
      step: (gradients) => {
        gradient = all(gradients.map((one) => tf.keep(tf.clone(one))));
        return tf.scalar(0);
      },
      dispose: () => {},
    };
    const watched: Player = { network: d.network, optimiser: watching };
    discriminatorStep(
      matchOf({ g, d: watched, experiment }),
      { images: real },
      { z },
      settingsOf(experiment, 'd'),
    ).dispose();
    const values = (await gradient).flat();
    disposePlayers({ g, d });
    d.optimiser.dispose();
    return values;
  }

  const small = (seed: number) => {
    const { train } = squares(seed, { size: 8 });
    return tf.tensor(gather(train, [0, 1, 2, 3], 8, 1), [4, 8, 8, 1]);
  };

  test('another data set, another gradient of D; the same one, the same', async () => {
    const z = latents(2);
    const first = await gradientOfD(small(1), z);
    expect(first.some((value) => value !== 0)).toBe(true);
    expect(await gradientOfD(small(1), z)).toEqual(first);
    const other = await gradientOfD(small(2), z);
    const difference = Math.sqrt(first.reduce((sum, value, i) => sum + (value - other[i]!) ** 2, 0));
    expect(difference / Math.sqrt(first.reduce((sum, value) => sum + value ** 2, 0))).toBeGreaterThan(0.05);
  });

  test("with G's batch on both sides D can only lose: its loss stays at 2 ln 2, where reals bring it down", async () => {
    const train = async (realOf: (fake: tf.Tensor, step: number) => tf.Tensor) => {
      const { g, d, experiment } = playersOf('dcgan16');
      const hard = { ...experiment, 'objective.realLabel': 1 };
      const losses: number[] = [];
      for (let step = 0; step < 60; step++) {
        const z = latents(100 + step);
        const fake = tf.tidy(() => g.network.forward(z, { training: true }));
        const signals = discriminatorStep(
          matchOf({ g, d, experiment: hard }),
          { images: realOf(fake, step) },
          { z: z },
          settingsOf(hard, 'd'),
        );
        losses.push((await read(signals))[0]!);
      }
      disposePlayers({ g, d });
      return losses;
    };
    const articles = await train((fake) => fake);
    // softplus(-l) + softplus(l) is never below 2 ln 2.
    expect(Math.min(...articles)).toBeGreaterThanOrEqual(2 * Math.LN2 - 1e-6);
    expect(articles.at(-1)).toBeCloseTo(2 * Math.LN2, 1);
    const right = await train(() => batchOf(1));
    expect(right.at(-1)).toBeLessThan(0.5);
  });
});
