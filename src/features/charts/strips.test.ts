import { expect, test } from 'vitest';
import { initialExperiment } from '../../config/experiment.ts';
import { stripsOf } from './strips.ts';

const ids = (change: Partial<typeof initialExperiment>) =>
  stripsOf({ ...initialExperiment, ...change }).map(({ id }) => id);

test('a chart of the penalty, and of an adaptive augmentation, only where there is one', () => {
  expect(ids({})).toEqual(['loss', 'opinion', 'gradient']);
  expect(ids({ 'reg.r2': 0.1 })).toEqual(['loss', 'opinion', 'gradient', 'penalty']);
  expect(ids({ 'reg.augmentAdapt': true })).toEqual(['loss', 'opinion', 'gradient']);
  expect(ids({ 'reg.augment': 'all', 'reg.augmentAdapt': true })).toEqual(['loss', 'opinion', 'gradient', 'augment']);
  expect(ids({ 'reg.r1': 1, 'model.family': 'vae' })).toEqual(['bound', 'gradient']);
});
