import { describe, expect, test } from 'vitest';
import type { BackendReport } from './backends.ts';
import { type Change, initialExperiment } from './experiment.ts';
import { experimentOf, presets } from './presets.ts';
import { rules, unsound } from './soundness.ts';
import { isValid } from './validate.ts';

/** Sound, and without batch norm or anything else that a single change could clash with. */
const plain = { ...initialExperiment, 'model.normD': 'none', 'objective.loss': 'nonSaturating' } as const;
const report = (selfTestError: number): BackendReport => ({
  chosen: 'webgl',
  adapter: '',
  candidates: [{ name: 'webgl', verdict: 'chosen', selfTestError }],
});

const cases: [string, Change, Change][] = [
  ['penalty-norm', { 'model.normD': 'batch', 'reg.gp': 10 }, { 'model.normD': 'none' }],
  ['penalty-norm', { 'model.normD': 'batch', 'reg.r1': 1 }, { 'model.normD': 'none' }],
  ['spectral-norm', { 'model.normD': 'batch', 'reg.spectral': 1 }, { 'model.normD': 'none' }],
  ['spectral-fixup', { 'model.family': 'resnet', 'reg.spectral': 1 }, { 'reg.spectral': 0, 'reg.r1': 1, 'reg.r2': 1 }],
  ['spectral-fixup', { 'model.family': 'resnet', 'reg.spectral': 1, 'reg.gp': 1 }, { 'reg.spectral': 0 }],
  ['penalty-discrimination', { 'model.minibatch': 'discrimination', 'reg.r2': 1 }, { 'model.minibatch': 'stddev' }],
  ['pack-batch', { 'model.pack': 3, 'train.batch': 64 }, { 'train.batch': 63 }],
  ['pack-batch', { 'model.pack': 4, 'train.batch': 2 }, { 'train.batch': 4 }],
  ['wasserstein-free', { 'objective.loss': 'wasserstein' }, { 'reg.gp': 10 }],
  ['wasserstein-free', { 'objective.loss': 'wasserstein', 'data.set': 'ring' }, { 'reg.gp': 0.1 }],
  [
    'wasserstein-free',
    { 'objective.loss': 'wasserstein', 'model.normD': 'batch' },
    { 'reg.gp': 10, 'model.normD': 'none' },
  ],
  ['clip-penalty', { 'reg.clip': 0.01, 'reg.gp': 10, 'd.beta1': 0 }, { 'reg.clip': 0 }],
  ['clip-spectral', { 'reg.clip': 0.01, 'reg.spectral': 1, 'd.beta1': 0 }, { 'reg.clip': 0 }],
  ['clip-momentum', { 'reg.clip': 0.01, 'd.beta1': 0.5 }, { 'd.beta1': 0 }],
  [
    'adapt-loss',
    { 'reg.augment': 'all', 'reg.augmentAdapt': true, 'objective.loss': 'relativistic' },
    { 'reg.augmentAdapt': false },
  ],
];

describe('advice', () => {
  test.each(cases)('%s: %j is told of and mended by %j, and then nothing is left to tell', (id, change, mend) => {
    const experiment = { ...plain, ...change };
    const [advice, ...others] = unsound(experiment);
    expect([advice?.id, others]).toEqual([id, []]);
    expect(advice?.mend(experiment)).toEqual(mend);
    expect(unsound({ ...experiment, ...mend })).toEqual([]);
    for (const [path, value] of Object.entries(mend)) expect(isValid(path as never, value)).toBe(true);
  });

  test('has a case for each rule', () => {
    const told = new Set([...cases.map(([id]) => id), 'penalty-precision']);
    expect(told).toEqual(new Set(rules.map(({ id }) => id)));
  });

  test('what is not in force does not count: no norm of DCGAN on the plane, no clipping momentum without Adam', () => {
    expect(unsound({ ...plain, 'model.normD': 'batch', 'reg.gp': 1, 'data.set': 'ring' })).toEqual([]);
    expect(unsound({ ...plain, 'reg.clip': 0.01, 'd.optimiser': 'sgd' })).toEqual([]);
    expect(unsound({ ...plain, 'reg.augmentAdapt': true, 'objective.loss': 'wasserstein', 'reg.gp': 10 })).toEqual([]);
  });

  test('a penalty on a backend that computes coarsely, by its own self-test', () => {
    const experiment = { ...plain, 'reg.r1': 1 };
    expect(unsound(experiment, report(1e-6))).toEqual([]);
    expect(unsound(experiment)).toEqual([]);
    const [advice] = unsound(experiment, report(5e-4));
    expect([advice?.id, advice?.setting]).toEqual(['penalty-precision', 'reg.r1']);
    expect(unsound({ ...experiment, ...advice?.mend(experiment) }, report(5e-4))).toEqual([]);
    expect(unsound(plain, report(5e-4))).toEqual([]);
  });

  test.each(presets.filter(({ expected }) => expected === 'stable'))('nothing to tell of the preset $id', (preset) => {
    expect(unsound(experimentOf(preset))).toEqual([]);
  });
});
