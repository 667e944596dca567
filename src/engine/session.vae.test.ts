import { beforeAll, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import { signalIndex, signals } from '../config/signals.ts';
import { nodeStarters } from './backend/node.ts';
import { Session } from './session.ts';
import { use } from './testing/backends.ts';
import { run, steps } from './testing/runs.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

const vae = { 'model.family': 'vae' } as const;

test('one update moves both networks, whichever is asked for, and a step has no halves', async () => {
  const start = await run(vae, []);
  const both = await run(vae, steps(2));
  expect(both.weights.filter((values, i) => JSON.stringify(values) === JSON.stringify(start.weights[i]))).toEqual([]);
  for (const which of ['D', 'G'] as const) {
    expect(await run(vae, [(session) => session.advance(which), (session) => session.advance(which)])).toEqual(both);
  }
  const halves = await run(vae, [(session) => session.advanceHalf(), ...steps(2)]);
  expect(halves).toEqual(both);
  expect(both.epoch).toBe((2 * 4) / 64);
});

test('records both losses and both gradients, and no opinions', async () => {
  const { rows } = await run(vae, steps(1));
  const known = signals.filter((signal) => Number.isFinite(rows[signalIndex(signal)]));
  expect(known).toEqual(['lossD', 'lossG', 'gradD', 'gradG']);
});

test('its settings reach it live: beta; those of the duel do not', async () => {
  const weightsWith = async (change: Change) => (await run({ ...vae, ...change }, steps(1))).weights;
  const plain = await weightsWith({});
  expect(await weightsWith({ 'vae.beta': 3 })).not.toEqual(plain);
  expect(await weightsWith({ 'objective.realLabel': 0.7, 'reg.clipNorm': 0.1, 'reg.noise': 1 })).toEqual(plain);
  const session = new Session(tinyExperiment(vae), squares(1));
  session.apply({ 'vae.beta': 3 });
  session.advance('both');
  expect((await session.weights()).map((values) => Array.from(values))).toEqual(await weightsWith({ 'vae.beta': 3 }));
  session.dispose();
});

test('the real sheet holds each image and then its reconstruction, with its label, always the same', async () => {
  const dataset = squares(1, { count: 40 });
  const session = new Session(tinyExperiment(vae), dataset);
  const sheet = await session.real('heldOut');
  expect([sheet.count, sheet.labels.length, sheet.opinions.length, sheet.paired]).toEqual([64, 64, 0, true]);
  const each = 16 * 16;
  for (let i = 0; i < 32; i++) {
    const original = Array.from(sheet.pixels.slice(2 * i * each, (2 * i + 1) * each));
    expect(original).toEqual(Array.from(dataset.heldOut.pixels.slice(i * each, (i + 1) * each)));
  }
  expect(await session.real('heldOut')).toEqual(sheet);
  session.dispose();
});

/** The mean distance of held-out reconstructions from their originals, in grey levels. */
async function error(session: Session): Promise<number> {
  const { pixels } = await session.real('heldOut');
  let sum = 0;
  const each = 16 * 16;
  for (let i = 0; i < pixels.length; i++) {
    if (Math.floor(i / each) % 2 === 0) sum += Math.abs((pixels[i] as number) - (pixels[i + each] as number));
  }
  return sum / (pixels.length / 2);
}

test.each([11, 12])('learns to copy what it has not seen, seed %d', async (seed) => {
  const session = new Session(tinyExperiment({ ...vae, 'train.seed': seed, 'train.batch': 16 }), squares(1));
  const before = await error(session);
  for (let i = 0; i < 150; i++) session.advance('both');
  await session.read();
  expect(await error(session)).toBeLessThan(before / 2);
  session.dispose();
});
