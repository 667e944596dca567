/** A training step as a whole: what reaches the device, the same weights for the same seed, memory that stays level. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Change, initialExperiment } from '../../../config/experiment.ts';
import { Session } from '../../session.ts';
import { squares, tinyExperiment } from '../../testing/tiny.ts';
import type { Runtime } from './runtime.ts';
import { type Counts, counted, listen, startPoisoned } from './testing.ts';
import { all, variants } from './variants.ts';

/** The DCGAN that the project's figures are about. */
const dcgan28: Change = {
  'data.size': 28,
  'model.family': 'dcgan',
  'model.latent': 100,
  'model.widthG': 64,
  'model.widthD': 64,
  'model.normD': 'none',
  'model.dropoutD': 0,
  'objective.loss': 'nonSaturating',
  'g.optimiser': 'adam',
  'd.optimiser': 'adam',
  'train.stepsD': 1,
  'train.stepsG': 1,
};

let runtime: Runtime;
let complaints: () => string[];

beforeAll(async () => {
  runtime = await startPoisoned();
  complaints = listen(runtime);
});

afterAll(() => expect(complaints()).toEqual([]));

/** What the second step of a run sends. */
async function countsOf(change: Change): Promise<Counts> {
  const session = new Session({ ...initialExperiment, ...dcgan28, ...change }, squares(1, { size: 28, count: 128 }));
  session.advance('both');
  const counts = counted(() => session.advance('both'));
  const { rows } = await session.read();
  expect(rows.every(Number.isFinite)).toBe(true);
  session.dispose();
  return counts;
}

test('a step of DCGAN-28 at width 64 is at most 100 dispatches, and waits for nothing', async () => {
  const { dispatches, submits, readbacks } = await countsOf({ 'train.batch': 4 });
  expect(dispatches).toBeGreaterThan(50);
  expect(dispatches).toBeLessThanOrEqual(100);
  expect(submits).toBeLessThanOrEqual(10);
  expect(readbacks).toBe(0);
});

test('nor is it more where a large batch has its sums cut into slices', async () => {
  const { dispatches } = await countsOf({ 'train.batch': 64, 'model.widthG': 4, 'model.widthD': 4 });
  expect(dispatches).toBeLessThanOrEqual(100);
});

async function weightsAfter(steps: number, change: Change): Promise<number[][]> {
  const session = new Session(tinyExperiment(change), squares(1));
  for (let i = 0; i < steps; i++) session.advance('both');
  const weights = (await session.weights()).map((values) => Array.from(values));
  session.dispose();
  return weights;
}

test.each(variants)('the same seed gives the same weights, bit by bit, with products by %s', async (variant) => {
  runtime.choice = all(variant);
  const change: Change = { 'model.widthG': 16, 'model.widthD': 16 };
  const first = await weightsAfter(3, change);
  expect(await weightsAfter(3, change)).toEqual(first);
  expect(first.flat().every(Number.isFinite)).toBe(true);
  expect(await weightsAfter(3, { ...change, 'train.seed': 8 })).not.toEqual(first);
});

test('tensors and bytes stay level over 60 steps', async () => {
  const session = new Session(tinyExperiment(), squares(1));
  const levels: string[] = [];
  for (let i = 0; i < 60; i++) {
    session.advance('both');
    if (i % 20 !== 19) continue;
    await session.read();
    const { numTensors, numBytes, ...memory } = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    levels.push([numTensors, numBytes, memory.numBytesInGPU].join());
  }
  session.dispose();
  expect(new Set(levels).size).toBe(1);
});
