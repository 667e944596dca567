import { describe, expect, test } from 'vitest';
import { datasetIds, datasets } from './datasets.ts';
import { difference, differingPaths, initialExperiment, isShown } from './experiment.ts';
import { groups } from './field.ts';
import { fieldOf, isPath, paths } from './fields.ts';
import { signalIndex, signals } from './signals.ts';
import { isValid } from './validate.ts';
import { worldIds } from './worlds.ts';

describe('the table of settings', () => {
  test.each(paths)('%s: its initial value is one that it allows, in a group that the page has', (path) => {
    const field = fieldOf(path);
    expect(isValid(path, field.initial)).toBe(true);
    expect(groups).toContain(field.group);
  });

  test.each(paths)('%s: its range or options make sense', (path) => {
    const field = fieldOf(path);
    if (field.kind === 'slider') {
      expect(field.min).toBeLessThan(field.max);
      expect(field.step).toBeGreaterThan(0);
      expect(field.step).toBeLessThanOrEqual(field.max - field.min);
      // A logarithm needs a positive least value.
      if (field.scale === 'log') expect(field.min).toBeGreaterThan(0);
      if (field.integer) expect([field.min, field.max, field.step].every(Number.isInteger)).toBe(true);
      if (field.zeroIsOff) expect(field.min).toBeGreaterThan(0);
    }
    if (field.kind === 'choice') {
      expect(field.options.length).toBeGreaterThan(1);
      expect(new Set(field.options).size).toBe(field.options.length);
      // A link tells numbers from words by the type of the initial value.
      expect(new Set(field.options.map((option) => typeof option)).size).toBe(1);
    }
  });

  test.each(paths)('%s: is shown by choices that exist', (path) => {
    for (const [other, values] of Object.entries(fieldOf(path).when ?? {})) {
      if (!isPath(other)) throw new Error(`${path} depends on ${other}, which does not exist`);
      for (const value of values) expect(isValid(other, value)).toBe(true);
    }
  });

  test('offers the data sets that ship, then the worlds of the plane', () => {
    const field = fieldOf('data.set');
    expect(field.kind === 'choice' && field.options).toEqual([...datasetIds, ...worldIds]);
    for (const { train, heldOut } of Object.values(datasets)) expect(heldOut).toBeLessThan(train);
  });

  test('a word that is not a path is none, nor is what every object has', () => {
    for (const text of ['', 'g', 'g.lr ', 'G.LR', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(isPath(text)).toBe(false);
    }
  });

  test('is only shown where every choice it hangs on holds', () => {
    expect(isShown('model.normD', initialExperiment)).toBe(true);
    expect(isShown('model.normD', { ...initialExperiment, 'model.family': 'mlp' })).toBe(false);
    // On the plane the family is no choice, and what hangs on it is none either.
    expect(isShown('model.normD', { ...initialExperiment, 'data.set': 'ring' })).toBe(false);
    expect(isShown('plane.latent', { ...initialExperiment, 'data.set': 'ring' })).toBe(true);
    expect(isShown('optim.horizon', initialExperiment)).toBe(false);
    expect(isShown('optim.horizon', { ...initialExperiment, 'optim.decay': 'linear' })).toBe(true);
  });

  test('a difference holds what differs and nothing else', () => {
    const next = { ...initialExperiment, 'g.lr': 1e-3, 'train.seed': 8 };
    expect(differingPaths(initialExperiment, next)).toEqual(['g.lr', 'train.seed']);
    expect(difference(initialExperiment, next)).toEqual({ 'g.lr': 1e-3, 'train.seed': 8 });
    expect(difference(next, next)).toEqual({});
  });
});

test('every signal has a column of its own', () => {
  expect(signals.map(signalIndex)).toEqual(signals.map((_, index) => index));
  expect(new Set(signals).size).toBe(signals.length);
});
