import { expect, test } from 'vitest';
import { initialExperiment } from '../config/experiment.ts';
import { type Signal, signals } from '../config/signals.ts';
import { firstBadRow } from './health.ts';

const fine: Record<Signal, number> = {
  lossD: 1,
  lossG: 1,
  dReal: 0.5,
  dFake: 0.5,
  gradD: 1,
  gradG: 1,
  penalty: 0,
  augmentP: 0,
};
const rowsOf = (...rows: Partial<Record<Signal, number>>[]) =>
  Float32Array.from(rows.flatMap((row) => signals.map((signal) => ({ ...fine, ...row })[signal])));
const nan = Number.NaN;
const duel = initialExperiment;
const vae = { ...duel, 'model.family': 'vae' } as const;
const noD = { lossD: nan, dReal: nan, dFake: nan, gradD: nan, penalty: nan, augmentP: nan };
const noG = { lossG: nan, gradG: nan };

test('finite rows are well', () => {
  expect(firstBadRow(rowsOf({}, { lossD: -3, gradG: 0 }), 2, 'both', duel)).toBeUndefined();
  expect(firstBadRow(new Float32Array(), 0, 'both', duel)).toBeUndefined();
});

test('a side that was not to move is well', () => {
  expect(firstBadRow(rowsOf(noG), 1, 'D', duel)).toBeUndefined();
  expect(firstBadRow(rowsOf(noD), 1, 'G', duel)).toBeUndefined();
});

test('a side that was to move and left nothing but NaN has blown up', () => {
  expect(firstBadRow(rowsOf({}, noG), 2, 'both', duel)).toEqual({ row: 1, signal: 'lossG' });
  expect(firstBadRow(rowsOf({}, noD), 2, 'both', duel)).toEqual({ row: 1, signal: 'lossD' });
  expect(firstBadRow(rowsOf({ ...noD, ...noG }), 1, 'D', duel)).toEqual({ row: 0, signal: 'lossD' });
  expect(firstBadRow(rowsOf({ ...noD, ...noG }), 1, 'G', duel)).toEqual({ row: 0, signal: 'lossG' });
});

test.each<[Signal, number]>(
  signals.flatMap((signal) =>
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value): [Signal, number] => [signal, value]),
  ),
)('%s of %d is ill, at its row', (signal, value) => {
  expect(firstBadRow(rowsOf({}, {}, { [signal]: value }, { [signal]: value }), 4, 'both', duel)).toEqual({
    row: 2,
    signal,
  });
});

test('a VAE has no opinions to miss', () => {
  const none = { dReal: nan, dFake: nan };
  expect(firstBadRow(rowsOf(none), 1, 'both', vae)).toBeUndefined();
  expect(firstBadRow(rowsOf(none, { ...none, lossD: nan }), 2, 'both', vae)).toEqual({ row: 1, signal: 'lossD' });
  expect(firstBadRow(rowsOf(none), 1, 'both', duel)).toEqual({ row: 0, signal: 'dReal' });
});

test('only the rows said to be there are looked at', () => {
  expect(firstBadRow(rowsOf({}, { lossD: nan }), 1, 'both', duel)).toBeUndefined();
});
