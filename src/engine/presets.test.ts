import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../config/experiment.ts';
import { experimentOf, presets } from '../config/presets.ts';
import { signalIndex, signals, signalsOf } from '../config/signals.ts';
import { isWorld } from '../config/worlds.ts';
import { nodeStarters } from './backend/node.ts';
import type { AnySet, Dataset, Split } from './data/dataset.ts';
import { fileSource } from './data/fileSource.node.ts';
import { loadDataset } from './data/load.ts';
import { drawWorld } from './data/plane/index.ts';
import { resizeDataset } from './data/resize.ts';
import { Session } from './session.ts';
import { use } from './testing/backends.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

/** A few images are enough to see that all fits together, and quick to resize. */
function firstOf(dataset: Dataset, count: number): Dataset {
  const each = dataset.size ** 2 * dataset.channels;
  const few = (split: Split): Split => ({
    count,
    pixels: split.pixels.slice(0, count * each),
    labels: split.labels.slice(0, count),
  });
  return { ...dataset, train: few(dataset.train), heldOut: few(dataset.heldOut) };
}

async function dataOf(experiment: Experiment): Promise<AnySet> {
  const { 'data.set': id, 'data.size': size } = experiment;
  if (isWorld(id)) return drawWorld(id, experiment['plane.noise']);
  return resizeDataset(firstOf(await loadDataset(id, fileSource()), 16), size);
}

describe('every preset, on its own data, in a small batch', () => {
  test.each(presets.map((preset) => [preset.id, preset] as const))('%s', async (_, preset) => {
    const experiment = { ...experimentOf(preset), 'train.batch': 4 };
    const session = new Session(experiment, await dataOf(experiment));
    const first = await session.weights();
    session.advance('both');
    session.advance('both');
    const { rows, count } = await session.read();
    expect([count, rows.length]).toEqual([2, 2 * signals.length]);
    const recorded = signalsOf(experiment);
    for (const signal of signals) {
      const values = [0, 1].map((row) => rows[row * signals.length + signalIndex(signal)] as number);
      expect(values.map(Number.isFinite)).toEqual([recorded.includes(signal), recorded.includes(signal)]);
    }
    const weights = await session.weights();
    expect(weights.every((values) => values.every(Number.isFinite))).toBe(true);
    // None is left out of an optimiser. Where only differences of scores count, D's last bias has no gradient.
    const still = weights.filter((values, i) => values.every((value, j) => value === first[i]?.[j]));
    expect(still.filter((values) => values.length > 1)).toEqual([]);
    if (isWorld(experiment['data.set'])) {
      const view = await session.plane(true, 'heldOut');
      expect((view.kind === 'dirac' ? view.flow : view.field.values).every(Number.isFinite)).toBe(true);
      session.dispose();
      return;
    }
    for (const averaged of [true, false]) {
      const { count: made, pixels, opinions } = await session.generated(averaged);
      expect(new Set(pixels).size).toBeGreaterThan(1);
      expect(opinions.length).toBe(recorded.includes('dFake') ? made : 0);
      expect(opinions.every((value) => value > 0 && value < 1)).toBe(true);
    }
    session.dispose();
  });
});
