import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../worker/protocol.ts';
import { noHistory, remembered } from './history.ts';

const sheet = (step: number, weights: Sheet['weights'] = 'ema') => ({ step, weights, side: 'generated' }) as Sheet;
const steps = (frames: readonly Sheet[]) => frames.map(({ step }) => step);

describe('the history of the fixed latents', () => {
  it('keeps the first, then sheets at steps that double', () => {
    let history = noHistory;
    for (let step = 0; step <= 200; step++) history = remembered(history, 1, sheet(step));
    expect(steps(history.frames.ema)).toEqual([0, 10, 20, 40, 80, 160]);
  });

  it('keeps one row for each kind of weights: to look at the other forgets nothing', () => {
    const seen = [sheet(0), sheet(10), sheet(15, 'raw'), sheet(20)];
    const history = seen.reduce((known, next) => remembered(known, 1, next), noHistory);
    expect(steps(history.frames.ema)).toEqual([0, 10, 20]);
    expect(steps(history.frames.raw)).toEqual([15]);
  });

  it('begins anew with another run, even before that has a sheet', () => {
    const first = remembered(noHistory, 1, sheet(0));
    expect(remembered(first, 1, undefined)).toBe(first);
    expect(remembered(first, 2, undefined).frames.ema).toEqual([]);
    expect(steps(remembered(first, 2, sheet(3)).frames.ema)).toEqual([3]);
  });

  it('stays bounded over any run, with the first and the last', () => {
    let history = noHistory;
    for (let step = 0; step < 2 ** 40; step = step * 2 + 10) history = remembered(history, 1, sheet(step));
    const kept = steps(history.frames.ema);
    expect(kept.length).toBeLessThanOrEqual(12);
    expect(kept[0]).toBe(0);
  });
});
