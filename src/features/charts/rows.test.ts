import { describe, expect, it } from 'vitest';
import { signals } from '../../config/signals.ts';
import { SeriesStore } from '../../state/series.ts';
import { draw, pointsFor, rowAt } from './rows.ts';
import { type StripSpec, strips } from './strips.ts';

const loss = strips.find((strip) => strip.id === 'loss') as StripSpec;
const look = { smoothing: 0, log: false, width: 300, height: 200 };

/** A store whose steps have the given losses of D and G. */
function recorded(losses: readonly (readonly [number, number])[]): SeriesStore {
  const series = new SeriesStore();
  const rows = losses.flatMap(([d, g]) => signals.map((name) => ({ lossD: d, lossG: g })[name as string] ?? 1));
  series.append(losses.length, Float32Array.from(rows), losses.length);
  return series;
}

describe('draw', () => {
  it('puts both lines of a step in one row, and leaves out a side that did not move', () => {
    const { rows } = draw(
      recorded([
        [1, Number.NaN],
        [Number.NaN, 4],
        [2, 3],
      ]),
      loss,
      look,
    );
    expect(rows).toEqual([
      { step: 1, line0: 1, band0: [1, 1], mean0: 1 },
      { step: 2, line1: 4, band1: [4, 4], mean1: 4 },
      { step: 3, line0: 2, band0: [2, 2], mean0: 2, line1: 3, band1: [3, 3], mean1: 3 },
    ]);
  });

  it('smooths the line and neither the band nor the figure', () => {
    const { rows } = draw(
      recorded([
        [1, 1],
        [3, 1],
      ]),
      loss,
      { ...look, smoothing: 0.5 },
    );
    expect(rows[1]?.line0).toBeCloseTo((0.5 * 1 + 3) / 1.5, 12);
    expect(rows[1]).toMatchObject({ mean0: 3, band0: [3, 3] });
  });

  it('draws on a log scale only what is positive, and says that something is missing', () => {
    const { rows, axis, hidden } = draw(
      recorded([
        [1, -0.7],
        [0, -0.6],
        [2, 5],
      ]),
      loss,
      { ...look, log: true },
    );
    expect(hidden).toBe(true);
    expect(axis.domain[0]).toBeGreaterThan(0);
    expect(rows.map((row) => [row.line0, row.line1])).toEqual([
      [1, undefined],
      [undefined, undefined],
      [2, 5],
    ]);
    for (const { band0, band1 } of rows) {
      for (const range of [band0, band1]) if (range) expect(range[0]).toBeGreaterThan(0);
    }
    expect(draw(recorded([[1, 2]]), loss, { ...look, log: true }).hidden).toBe(false);
  });

  it('has an axis even where nothing can be drawn', () => {
    for (const losses of [[], [[-1, -2]], [[Number.NaN, Number.NaN]]] as [number, number][][]) {
      const { axis } = draw(recorded(losses), loss, { ...look, log: true });
      expect(axis.domain[0]).toBeGreaterThan(0);
      expect(axis.domain[1]).toBeGreaterThan(axis.domain[0]);
    }
  });

  it('draws no more points than there is room for', () => {
    const series = recorded(Array.from({ length: 5000 }, () => [1, 1] as const));
    for (const width of [0, 50, 293, 1400, 5000]) {
      expect(draw(series, loss, { ...look, width }).rows.length).toBeLessThanOrEqual(pointsFor(width));
    }
    expect(pointsFor(5000)).toBe(800);
  });
});

it('rowAt finds the bucket that a step lies in', () => {
  const rows = [4, 8, 12].map((step) => ({ step }));
  expect([0, 4, 5, 8, 12, 99].map((step) => rowAt(rows, step))).toEqual([0, 0, 1, 1, 2, 2]);
});
