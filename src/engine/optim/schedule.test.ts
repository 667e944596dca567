import { describe, expect, test } from 'vitest';
import { emaKeep } from './ema.ts';
import { decay, floor } from './schedule.ts';

describe('decay over a horizon of 400 steps', () => {
  test('none stays', () => {
    for (const step of [0, 1, 200, 400, 10_000]) expect(decay('none', step, 400)).toBe(1);
  });

  test.each([
    { step: 0, left: 1 },
    { step: 100, left: 0.7625 },
    { step: 200, left: 0.525 },
    { step: 300, left: 0.2875 },
    { step: 400, left: 0.05 },
    { step: 4000, left: 0.05 },
  ])('linear at $step: 1 - 0.95 step / 400', ({ step, left }) => {
    expect(decay('linear', step, 400)).toBeCloseTo(left, 12);
  });

  test.each([
    { step: 0, left: 1 },
    // cos(pi / 4) = 0.7071067812, cos(pi / 3) = 1/2
    { step: 100, left: 0.05 + 0.95 * 0.8535533906 },
    { step: 400 / 3, left: 0.05 + 0.95 * 0.75 },
    { step: 200, left: 0.525 },
    { step: 300, left: 0.05 + 0.95 * 0.1464466094 },
    { step: 400, left: 0.05 },
    { step: 4000, left: 0.05 },
  ])('cosine at $step', ({ step, left }) => {
    expect(decay('cosine', step, 400)).toBeCloseTo(left, 9);
  });

  test('the floor is what is left', () => {
    expect(floor).toBe(0.05);
  });
});

describe('emaKeep', () => {
  test.each([
    { halfLife: 10, t: 1000, keep: 0.9330329915 },
    { halfLife: 1, t: 1000, keep: 0.5 },
    { halfLife: 0, t: 1000, keep: 0 },
    { halfLife: 10, t: 1, keep: 2 / 11 },
    { halfLife: 10_000, t: 90, keep: 0.91 },
  ])('half-life $halfLife at step $t', ({ halfLife, t, keep }) => {
    expect(emaKeep(halfLife, t)).toBeCloseTo(keep, 9);
  });
});
