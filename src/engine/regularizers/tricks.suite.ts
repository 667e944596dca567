import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { type Change, type Experiment, initialExperiment } from '../../config/experiment.ts';
import { batchOf } from '../models/pack.ts';
import type { Network } from '../nn/network.ts';
import { lossOps } from '../objectives/lossOps.ts';
import * as ops from '../ops/index.ts';
import { discriminatorStep, generatorStep, judge } from '../step.ts';
import { openStreams } from '../streams.ts';
import { disposePlayers, matchOf, playersOf, type RunName, settingsOf, waves } from '../testing/steps.ts';
import { expectClose, noise, read, varianceOf } from '../testing/values.ts';
import { upload } from '../upload.ts';
import { clipGradients } from './clipGradients.ts';
import { deviationAt } from './instanceNoise.ts';
import { normalised } from './spectralNorm.ts';
import oracle from './tricks.oracle.json' with { type: 'json' };

const kit = { tf, ops, lossOps, upload };

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

/** The networks of a fixture's run, with other settings. */
function duel(change: Change, name: RunName = 'dcgan28') {
  const { g, d, experiment } = playersOf(name);
  const changed: Experiment = { ...experiment, ...change };
  return { g, d, experiment: changed, match: matchOf({ g, d, experiment: changed }) };
}

const reals = (seed: number) => ({ images: waves([4, 28, 28, 3], seed) });
const latents = (seed: number) => ({ z: waves([4, 8], seed) });

/** The values of tensors that are made inside a tidy. */
async function valuesOf<T extends tf.Tensor[] | []>(make: () => T): Promise<{ [I in keyof T]: number[] }> {
  const made = tf.tidy(make);
  const values = await Promise.all(made.map(read));
  tf.dispose(made);
  return values as { [I in keyof T]: number[] };
}

/** How each of a network's arrays moves in `act`, beside what it was. */
async function movesOf({ variables }: Network, act: () => void): Promise<{ was: number[]; move: number[] }[]> {
  const before = await Promise.all(variables.map(read));
  tf.tidy(act);
  const after = await Promise.all(variables.map(read));
  return before.map((was, i) => ({ was, move: was.map((value, k) => (after[i]?.[k] ?? Number.NaN) - value) }));
}

/** On the current backend. */
export function trickTests(): void {
  describe('spectral norm', () => {
    test.each(oracle.spectral)('$iterations power iterations, as torch.nn.utils.spectral_norm', async (wanted) => {
      const [u, weight, gradient] = await valuesOf(() => {
        const kernel = tf.tensor(Float32Array.from(noise(240, 11)), [4, 4, 3, 5]);
        const start = tf.tensor1d(Float32Array.from(noise(5, 12)));
        const pull = tf.tensor(Float32Array.from(noise(240, 13)), [4, 4, 3, 5]);
        const made = normalised(kit, kernel, start, wanted.iterations);
        const ofLoss = (w: tf.Tensor) =>
          tf.sum(tf.mul(normalised(kit, w, start, wanted.iterations).weight, pull)) as tf.Scalar;
        return [made.u, made.weight, tf.grad(ofLoss)(kernel)];
      });
      expectClose(u, wanted.u, 2e-5);
      expectClose(weight, wanted.weight, 2e-5);
      expectClose(gradient, wanted.gradient, 2e-5);
    });

    test.each([
      [1, 2.863564],
      [2, 2.998173],
      [3, 2.999977],
    ])('diag(3, 1) from (1, 1): after %i iterations sigma is %f', async (iterations, sigma) => {
      const [weight] = await valuesOf(() => [
        normalised(kit, tf.tensor2d([3, 0, 0, 1], [2, 2]), tf.tensor1d([Math.SQRT1_2, Math.SQRT1_2]), iterations)
          .weight,
      ]);
      expectClose(weight, [3 / sigma, 0, 0, 1 / sigma], 2e-6);
    });

    test('a kernel of zeros stays, with its vector, and learns; once it has moved it is normalised', async () => {
      const u = tf.tensor1d([0.6, 0.8]);
      const zeros = tf.zeros([2, 2]);
      const [weight, kept, gradient, moved] = await valuesOf(() => {
        const ofLoss = (w: tf.Tensor) => tf.sum(normalised(kit, w, u, 1).weight) as tf.Scalar;
        const made = normalised(kit, zeros, u, 1);
        return [
          made.weight,
          made.u,
          tf.grad(ofLoss)(zeros),
          normalised(kit, tf.mul(tf.eye(2), 1e-3), made.u, 1).weight,
        ];
      });
      expectClose(weight, [0, 0, 0, 0], 0);
      expectClose(kept, [0.6, 0.8], 1e-6);
      expectClose(gradient, [1, 1, 1, 1], 1e-6);
      expectClose(moved, [1, 0, 0, 1], 1e-5);
      tf.dispose([u, zeros]);
    });

    test('D judges with kernels of norm 1, whatever their scale; looking on changes nothing', async () => {
      const { g, d, match } = duel({ 'reg.spectral': 1 });
      const seen = reals(3).images;
      const [before, again] = await valuesOf(() => [judge(match, seen), judge(match, seen)]);
      expect(again).toEqual(before);
      // Without biases, only the kernels count.
      tf.tidy(() => {
        for (const variable of d.network.variables) {
          variable.assign(variable.rank === 1 ? tf.zerosLike(variable) : tf.mul(variable, 7));
        }
      });
      const [scaled] = await valuesOf(() => [judge(match, seen)]);
      tf.tidy(() => {
        for (const variable of d.network.variables) variable.assign(tf.div(variable, 7));
      });
      const [back] = await valuesOf(() => [judge(match, seen)]);
      expectClose(scaled, back, 1e-5);
      match.ring.dispose();
      disposePlayers({ g, d });
    });

    test("each update brings its vectors forward; D's own gradient has no part along its weights", async () => {
      // W / sigma does not change with W's length, so that its gradient is orthogonal to W once u and v are exact.
      const { g, d, experiment, match } = duel({ 'reg.spectral': 5 });
      const settings = { ...settingsOf(experiment, 'd'), lr: 0.1 };
      const moves = await movesOf(d.network, () => discriminatorStep(match, reals(1), latents(2), settings));
      moves.forEach(({ was, move }, i) => {
        const length = Math.hypot(...move) * Math.hypot(...was);
        expect(length).toBeGreaterThan(0);
        const along = dot(was, move) / length;
        if (d.network.variables[i]?.rank !== 1) expect(Math.abs(along)).toBeLessThan(1e-2);
      });
      match.ring.dispose();
      disposePlayers({ g, d });
    });
  });

  describe('instance noise', () => {
    test('fades in a straight line to nothing, or stays', () => {
      expect([0, 500, 1000, 2000].map((step) => deviationAt(step, 0.2, 1000))).toEqual([0.2, 0.1, 0, 0]);
      expect(deviationAt(99_999, 0.2, 0)).toBe(0.2);
    });

    test('D sees noise of the deviation that is set, on reals and fakes, drawn from its own stream', async () => {
      const { g, d, experiment, match } = duel({ 'reg.noise': 0.5, 'reg.noiseSteps': 100 });
      const images = reals(1).images;
      for (const [step, deviation] of [
        [0, 0.5],
        [50, 0.25],
      ] as const) {
        const [seen] = await valuesOf(() => {
          const round = { ...match, g: g.network, d: d.network, step, learning: true };
          const shown = match.ring.hooks('see', experiment).reduce((x, see) => see(x, round), images);
          return [tf.sub(shown, images)];
        });
        // 9,408 draws: the deviation of a variance is sqrt(2 / n) of it, here 1.5 %.
        expect(varianceOf(seen) / deviation ** 2).toBeGreaterThan(0.92);
        expect(varianceOf(seen) / deviation ** 2).toBeLessThan(1.08);
      }
      const expected = openStreams(0).noise;
      for (let i = 0; i < 2; i++) expected.normals(images.size);
      expect(match.streams.noise.state()).toEqual(expected.state());
      tf.tidy(() => void discriminatorStep(match, reals(1), latents(2), settingsOf(experiment, 'd')));
      tf.tidy(() => void generatorStep(match, latents(2), settingsOf(experiment, 'g')));
      for (let i = 0; i < 3; i++) expected.normals(images.size);
      expect(match.streams.noise.state()).toEqual(expected.state());
      match.ring.dispose();
      disposePlayers({ g, d });
    });
  });

  describe('feature matching', () => {
    test("adds to G's loss the squared distance of the means of what D's last layer sees", async () => {
      const losses: number[] = [];
      let distance = Number.NaN;
      for (const weight of [0, 1, 10]) {
        const { g, d, experiment, match } = duel({ 'reg.features': weight });
        const [signals] = await valuesOf(() => [
          generatorStep(match, latents(2), { ...settingsOf(experiment, 'g'), lr: 0 }, reals(1)),
        ]);
        losses.push(signals[0] ?? Number.NaN);
        if (weight === 1) {
          const [ofReal, ofFake] = await valuesOf(() => {
            const means: tf.Tensor[] = [];
            const onFeatures = (x: tf.Tensor) => means.push(tf.mean(x, 0));
            d.network.forward(reals(1).images, { training: true, onFeatures });
            d.network.forward(g.network.forward(latents(2).z, { training: true }), { training: true, onFeatures });
            return means as [tf.Tensor, tf.Tensor];
          });
          expect(ofReal.length).toBe(7 * 7 * 8);
          const squares = ofReal.reduce((sum, value, i) => sum + (value - (ofFake[i] ?? Number.NaN)) ** 2, 0);
          expect(squares).toBeGreaterThan(0.01);
          distance = squares;
        }
        match.ring.dispose();
        disposePlayers({ g, d });
      }
      const [none, once, tenfold] = losses as [number, number, number];
      expect(once - none).toBeCloseTo(distance, 4);
      expect(tenfold - none).toBeCloseTo(10 * distance, 3);
    });
  });

  describe('packing', () => {
    test('two images become one of twice the channels; to be shown, each is packed with the next', async () => {
      const { g, d, experiment, match } = duel({ 'model.pack': 2 });
      const images = tf.reshape(tf.range(0, 8), [4, 1, 1, 2]);
      const seen = (learning: boolean) => {
        const round = { ...match, g: g.network, d: d.network, learning };
        return match.ring.hooks('see', experiment).reduce((x, see) => see(x, round), images);
      };
      const [packs, shown] = await valuesOf(() => [seen(true), seen(false)]);
      expect(packs).toEqual([0, 1, 4, 5, 2, 3, 6, 7]);
      expect(shown).toEqual([0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7, 0, 1]);
      images.dispose();
      match.ring.dispose();
      disposePlayers({ g, d });
    });

    test('a batch is rounded down to whole packs, but to one at least', () => {
      const batches = [2, 7, 64, 65].map((batch) => ({ ...initialExperiment, 'train.batch': batch, 'model.pack': 4 }));
      expect(batches.map(batchOf)).toEqual([4, 4, 64, 64]);
    });
  });

  describe('historical averaging', () => {
    test('a term for each network: its weights from the mean of all that they have been', async () => {
      const { g, d, experiment, match } = duel({ 'reg.history': 0.5 }, 'mlp');
      const settings = { ...settingsOf(experiment, 'd'), lr: 1e-3 };
      const batchOf = (seed: number) => ({ images: waves([4, 16, 16, 1], seed) });
      const past = [await Promise.all(d.network.variables.map(read))];
      const terms: number[] = [];
      for (let i = 0; i < 4; i++) {
        const [signals] = await valuesOf(() => [discriminatorStep(match, batchOf(i), latents(i), settings)]);
        const weights = await Promise.all(d.network.variables.map(read));
        // The loss was taken before the move.
        const before = past.at(-1) ?? [];
        const squares = before.flatMap((values, array) =>
          values.map((value, k) => {
            const mean = past.reduce((sum, one) => sum + (one[array]?.[k] ?? Number.NaN), 0) / past.length;
            return (value - mean) ** 2;
          }),
        );
        terms.push(0.5 * squares.reduce((sum, square) => sum + square, 0));
        const free = await lossWithout(before, i);
        expect((signals[0] ?? Number.NaN) - free).toBeCloseTo(terms[i] ?? Number.NaN, 4);
        expect(signals[4]).toBeCloseTo(terms[i] ?? Number.NaN, 4);
        past.push(weights);
      }
      expect(terms[0]).toBe(0);
      expect(terms[3]).toBeGreaterThan(1e-3);
      match.ring.dispose();
      disposePlayers({ g, d });

      /** D's loss with these weights, without the term. G has not moved. */
      async function lossWithout(weights: readonly number[][], seed: number): Promise<number> {
        const plain = duel({}, 'mlp');
        tf.tidy(() => {
          plain.d.network.variables.forEach((variable, i) => {
            variable.assign(tf.tensor(weights[i] ?? [], variable.shape));
          });
        });
        const [signals] = await valuesOf(() => [
          discriminatorStep(plain.match, batchOf(seed), latents(seed), settings),
        ]);
        disposePlayers(plain);
        return signals[0] ?? Number.NaN;
      }
    });
  });

  describe('gradient clipping', () => {
    test.each(oracle.clipped)('at $longest, as torch.nn.utils.clip_grad_norm_', async ({ longest, gradients }) => {
      const { g, d, experiment } = playersOf('mlp');
      const active = clipGradients.start(kit, { g: g.network, d: d.network });
      const clipped = await valuesOf(() => {
        const given = [waves([3, 2], 21), waves([4], 22)];
        return active.gradients?.(given, 'd', { ...experiment, 'reg.clipNorm': longest }) ?? [];
      });
      clipped.forEach((values, i) => {
        expectClose(values, gradients[i] as number[], 2e-6);
      });
      disposePlayers({ g, d });
    });

    test('a step moves no farther than the bound allows; its signal is the norm as it was', async () => {
      const norms: number[] = [];
      for (const longest of [0, 0.01]) {
        const { g, d, experiment, match } = duel({ 'reg.clipNorm': longest });
        let signals: Promise<number[]> = Promise.resolve([]);
        const moves = await movesOf(d.network, () => {
          const settings = { ...settingsOf(experiment, 'd'), lr: 1 };
          signals = read(tf.keep(discriminatorStep(match, reals(1), latents(2), settings)));
        });
        norms.push((await signals)[3] ?? Number.NaN);
        if (longest > 0) expect(Math.hypot(...moves.flatMap(({ move }) => move))).toBeCloseTo(longest, 4);
        match.ring.dispose();
        disposePlayers({ g, d });
      }
      const [free, bound] = norms as [number, number];
      expect(free).toBeGreaterThan(0.02);
      expect(bound).toBeCloseTo(free, 4);
    });
  });
}
