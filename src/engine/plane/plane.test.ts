import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Change, initialExperiment } from '../../config/experiment.ts';
import { reach } from '../../config/worlds.ts';
import { nodeStarters } from '../backend/node.ts';
import { drawWorld } from '../data/plane/index.ts';
import { objectives } from '../objectives/index.ts';
import { Session } from '../session.ts';
import { use } from '../testing/backends.ts';
import { expectClose, noise } from '../testing/values.ts';
import { cellMiddles, latentLattice, normalQuantile } from './lattice.ts';
import { fieldSide, PlaneViewer, viewCount } from './view.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

describe('the lattice of latents', () => {
  test.each([
    [0.5, 0],
    [0.975, 1.959963985],
    [0.001, -3.090232306],
    [0.01, -2.326347874],
  ])('the normal distribution reaches %f at %f', (share, value) => {
    expect(Math.abs(normalQuantile(share) - value)).toBeLessThan(1e-8);
    expect(normalQuantile(1 - share)).toBeCloseTo(-value, 8);
  });

  test('its first number grows along a row, its second from row to row; the rest stay 0', () => {
    const lattice = latentLattice(3, 4);
    const outer = normalQuantile(1 / 6);
    expect(lattice).toHaveLength(3 * 3 * 4);
    expectClose(Array.from(lattice.slice(0, 8)), [outer, outer, 0, 0, 0, outer, 0, 0], 1e-6);
    expectClose(Array.from(lattice.slice(-4)), [-outer, -outer, 0, 0], 1e-6);
    expect(latentLattice(2, 1)).toHaveLength(4);
  });
});

/** D's logit here: highest at the origin. Its gradient is -2 x. */
const hill = (points: tf.Tensor2D) => tf.neg(tf.sum(tf.square(points), 1, true));
const at = (values: Float32Array, i: number) => [values[2 * i] as number, values[2 * i + 1] as number] as const;
const logit = ([x, y]: readonly [number, number]) => -(x * x + y * y);

describe('a view of known networks', () => {
  const latents = Float32Array.from(noise(2 * viewCount, 3));
  const reals = Float32Array.from(noise(2 * viewCount, 4));
  const seen = async (loss: keyof typeof objectives) => {
    const viewer = new PlaneViewer(tf.tensor2d(latents, [viewCount, 2]));
    const view = await viewer.look({ generate: (z) => z, judge: hill, objective: objectives[loss] }, reals);
    viewer.dispose();
    return view;
  };

  test('points, lattice and field lie where they should', async () => {
    const { fake, real, lattice, latticeSide, field } = await seen('nonSaturating');
    expect([fake, real]).toEqual([latents, reals]);
    expectClose(Array.from(lattice), Array.from(latentLattice(latticeSide, 2)), 1e-6);
    const cells = cellMiddles(fieldSide, reach);
    expect(at(cells, 0)).toEqual([Math.fround(-reach + reach / fieldSide), Math.fround(-reach + reach / fieldSide)]);
    expect(field).toMatchObject({ k: fieldSide, probability: true, extent: { xMin: -reach, xMax: reach } });
    const heights = Array.from(field.values, (_, i) => logit(at(cells, i)));
    expectClose(Array.from(field.values), heights, 1e-5);
  });

  test.each([
    ['nonSaturating', (f: number) => 1 / (1 + Math.exp(f))],
    ['minimax', (f: number) => 1 / (1 + Math.exp(-f))],
    ['wasserstein', () => 1],
    // Towards the score 1, by half the square.
    ['leastSquares', (f: number) => 1 - f],
  ] as const)("arrows of %s: the loss times D's gradient", async (loss, weight) => {
    const { fake, arrows } = await seen(loss);
    const wanted = Array.from({ length: viewCount }, (_, i) => {
      const point = at(fake, i);
      return point.map((x) => -2 * x * weight(logit(point)));
    }).flat();
    expectClose(Array.from(arrows), wanted, 1e-4);
  });

  test('arrows of a loss that pairs: each fake beside the real of its number', async () => {
    const { fake, arrows } = await seen('relativistic');
    const wanted = Array.from({ length: viewCount }, (_, i) => {
      const [point, real] = [at(fake, i), at(reals, i)];
      return point.map((x) => (-2 * x) / (1 + Math.exp(logit(point) - logit(real))));
    }).flat();
    expectClose(Array.from(arrows), wanted, 1e-4);
  });
});

const small: Change = { 'train.batch': 16, 'plane.widthG': 8, 'plane.widthD': 8, 'g.lr': 1e-3, 'd.lr': 1e-3 };
const session = (change: Change) => {
  const experiment = { ...initialExperiment, ...small, ...change };
  return new Session(experiment, drawWorld(experiment['data.set'] as 'ring', 1));
};

describe('a run on the plane', () => {
  test.each(['none', 'waves', 'pack'] as const)('moves all its weights and leaves no tensor: %s', async (how) => {
    const before = tf.memory().numTensors;
    const run = session({
      'data.set': 'ring',
      ...(how === 'waves' && { 'plane.waves': 4 }),
      ...(how === 'pack' && { 'model.pack': 2, 'plane.waves': 4 }),
    });
    const first = await run.weights();
    for (let i = 0; i < 5; i++) run.advance('both');
    await run.read();
    const held = tf.memory().numTensors;
    for (const averaged of [true, false]) {
      const view = await run.plane(averaged, 'heldOut');
      if (view.kind !== 'cloud') throw new Error('no points');
      for (const values of [view.fake, view.arrows, view.lattice, view.field.values]) {
        expect(values.every(Number.isFinite)).toBe(true);
      }
      expect(view.field.values).toHaveLength(fieldSide ** 2);
    }
    expect(tf.memory().numTensors).toBe(held);
    const weights = await run.weights();
    expect(weights.filter((values, i) => values.every((value, j) => value === first[i]?.[j]))).toEqual([]);
    run.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a view changes nothing of the run', async () => {
    const [watched, alone] = [session({ 'data.set': 'grid' }), session({ 'data.set': 'grid' })];
    for (let i = 0; i < 4; i++) {
      for (const run of [watched, alone]) run.advance('both');
      await watched.plane(true, 'train');
    }
    expect(await watched.weights()).toEqual(await alone.weights());
    for (const run of [watched, alone]) run.dispose();
  });
});

describe('DiracGAN', () => {
  const change: Change = {
    'data.set': 'dirac',
    'objective.loss': 'wasserstein',
    'g.optimiser': 'sgd',
    'd.optimiser': 'sgd',
    'g.lr': 0.1,
    'd.lr': 0.1,
  };

  test('Wasserstein, D first: psi grows by h theta, then theta falls by h psi', async () => {
    const run = session(change);
    let [theta, psi] = [1, 1];
    const wanted = [theta, psi];
    for (let i = 0; i < 30; i++) {
      run.advance('both');
      psi += 0.1 * theta;
      theta -= 0.1 * psi;
      wanted.push(theta, psi);
    }
    const view = await run.plane(false, 'train');
    if (view.kind !== 'dirac') throw new Error('not DiracGAN');
    expectClose(Array.from(view.trail), wanted, 1e-5);
    expectClose([view.theta, view.psi], [theta, psi], 1e-5);
    // The flow of both at once: (-psi, theta) h.
    const cells = cellMiddles(view.k, reach);
    const flow = Array.from({ length: view.k ** 2 }, (_, i) => at(cells, i)).flatMap(([x, y]) => [-0.1 * y, 0.1 * x]);
    expectClose(Array.from(view.flow), flow, 1e-5);
    run.dispose();
  });

  test('a long trail is thinned out, its end kept', async () => {
    const run = session(change);
    for (let i = 0; i < 5000; i++) run.advance('both');
    await run.read();
    const view = await run.plane(false, 'train');
    if (view.kind !== 'dirac') throw new Error('not DiracGAN');
    expect(view.trail.length).toBeLessThanOrEqual(2 * 4096);
    expect(view.trail.length).toBeGreaterThan(2 * 2048);
    expectClose(Array.from(view.trail.slice(-2)), [view.theta, view.psi], 1e-6);
    expectClose(Array.from(view.trail.slice(0, 2)), [1, 1], 0);
    run.dispose();
  });
});
