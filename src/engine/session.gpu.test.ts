import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { signals } from '../config/signals.ts';
import { browserStarters } from './backend/browser.ts';
import { trial } from './backend/trial.ts';
import type { Dataset } from './data/dataset.ts';
import { loadDataset } from './data/load.ts';
import { resizeDataset } from './data/resize.ts';
import { fetchSource } from './data/source.ts';
import { Session } from './session.ts';
import { onEach, use } from './testing/backends.ts';
import { expectClose } from './testing/values.ts';

/** 8 channels, batch 8, 16 px: software GPUs take tens of milliseconds a step of it. */
const tiny = experimentOf(presetOf('tiny'));
let digits: Dataset;

beforeAll(async () => {
  const { train, heldOut, ...rest } = await loadDataset('digits', fetchSource(new URL('/', location.href)));
  const few = (split: Dataset['train']) => ({
    count: 128,
    pixels: split.pixels.slice(0, 128 * 28 * 28),
    labels: split.labels.slice(0, 128),
  });
  digits = resizeDataset({ ...rest, train: few(train), heldOut: few(heldOut) }, 16);
});

/** A run's signals, step by step, read halfway and at the end, with sheets between. */
async function signalsOf(steps: number, change: Change = {}): Promise<number[]> {
  const { numTensors } = tf.memory();
  const session = new Session({ ...tiny, ...change }, digits);
  const rows: number[] = [];
  const levels: number[] = [];
  for (let i = 0; i < steps; i++) {
    session.advance('both');
    if (i !== Math.floor(steps / 2) && i !== steps - 1) continue;
    rows.push(...(await session.read()).rows);
    levels.push(tf.memory().numTensors);
  }
  expect(new Set(levels).size).toBe(1);
  expect(new Set((await session.generated(true)).pixels).size).toBeGreaterThan(1);
  session.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
  return rows;
}

/** Ten steps in plain JavaScript. */
let wanted: number[] = [];

beforeAll(async () => {
  await use(browserStarters, 'cpu');
  wanted = await signalsOf(10);
  // They could differ: another seed does.
  const other = await signalsOf(1, { 'train.seed': 8 });
  expect(Math.max(...other.map((value, i) => Math.abs(value - (wanted[i] as number))))).toBeGreaterThan(1e-3);
});

onEach(browserStarters, ['webgpu', 'webgl', 'wasm'], (backend) => {
  test('the tiny preset trains for 20 steps on real digits, and to 1e-4 its first ten are those of cpu', async () => {
    const got = await signalsOf(20);
    expect(got.length).toBe(20 * signals.length);
    expect(got.every(Number.isFinite)).toBe(true);
    expectClose(got.slice(0, 10 * signals.length), wanted, 1e-4);
  });

  // A minute of a loaded machine's time there, for no other shader.
  if (backend === 'webgpu') return;

  test('a trial runs', async () => {
    const { numTensors } = tf.memory();
    expect(Number.isFinite(await trial())).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
