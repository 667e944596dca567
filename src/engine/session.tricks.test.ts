import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import { signalIndex, signals } from '../config/signals.ts';
import { nodeStarters } from './backend/node.ts';
import { Session } from './session.ts';
import { use } from './testing/backends.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

const all: Change = {
  'reg.r1': 1,
  'reg.r2': 1,
  'reg.gp': 1,
  'reg.clip': 0.1,
  'reg.consensus': 0.1,
  'reg.spectral': 1,
  'reg.noise': 0.1,
  'reg.augment': 'all',
  'reg.augmentAdapt': true,
  'reg.features': 1,
  'reg.history': 0.01,
  'reg.clipNorm': 1,
};
const families = ['dcgan', 'sndcgan', 'resnet', 'style', 'article', 'mlp'] as const;

/** Unsound or not: whatever the controls let a person put together must run. */
describe('every stabiliser at once', () => {
  test.each<[string, Change]>([
    ...families.map((family): [string, Change] => [
      family,
      { ...all, 'model.family': family, 'model.normD': 'none', 'reg.gp': family === 'dcgan' ? 1 : 0 },
    ]),
    ['a penalty under batch norm', { ...all, 'model.normD': 'batch' }],
    ['a penalty under discrimination', { ...all, 'model.normD': 'none', 'model.minibatch': 'discrimination' }],
    [
      'packs, deviation, relativistic',
      { ...all, 'model.pack': 3, 'model.minibatch': 'stddev', 'objective.loss': 'relativistic' },
    ],
    ['packs larger than the batch', { 'model.pack': 4, 'train.batch': 2, 'reg.augment': 'translation' }],
    ['virtual batch norm', { ...all, 'model.normG': 'virtual', 'model.normD': 'none' }],
    ['G without a norm', { 'model.normG': 'none', 'reg.spectral': 5, 'objective.loss': 'wasserstein' }],
    ['virtual batch norm, classes', { 'model.normG': 'virtual', 'model.classes': 'projection' }],
  ])('%s: two steps and both sheets, all finite', async (_name, change) => {
    const session = new Session(tinyExperiment({ 'train.batch': 4, ...change }), {
      ...squares(1, { count: 16 }),
      classes: ['square', 'none'],
    });
    session.advance('both');
    const { opinions } = await session.generated(true);
    await session.real('heldOut');
    session.advance('both');
    const { rows } = await session.read();
    expect(rows.every(Number.isFinite)).toBe(true);
    expect(opinions.length).toBe(64);
    expect(opinions.every(Number.isFinite)).toBe(true);
    session.dispose();
  });
});

describe('the probability of augmentation is a signal', () => {
  const seen = async (change: Change, steps: number) => {
    const session = new Session(tinyExperiment({ 'train.batch': 4, ...change }), squares(1, { count: 16 }));
    for (let i = 0; i < steps; i++) session.advance('both');
    const { rows } = await session.read();
    session.dispose();
    return Array.from({ length: steps }, (_, i) => rows[i * signals.length + signalIndex('augmentP')] as number);
  };

  test('0 without, else as it is set', async () => {
    expect(await seen({ 'reg.augmentP': 0.3 }, 1)).toEqual([0]);
    expect((await seen({ 'reg.augment': 'all', 'reg.augmentP': 0.3 }, 1))[0]).toBeCloseTo(0.3, 6);
  });

  test('adaptive: it starts there, and four batches later it has moved by their images over the horizon', async () => {
    const p = await seen({ 'reg.augment': 'translation', 'reg.augmentAdapt': true, 'reg.augmentP': 0.3 }, 5);
    expect(p[0]).toBeCloseTo(0.3, 6);
    expect(Math.abs((p[4] as number) - 0.3)).toBeCloseTo((4 * 4) / 20_000, 6);
  });
});
