import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Signal, signals } from '../config/signals.ts';
import { mostPoints, type Point, SeriesStore } from './series.ts';

const width = signals.length;

/** Values as a run leaves them: mostly finite float32, now and then a side that did not move, or a blow-up. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.float({ noNaN: true, min: -1e6, max: 1e6 }) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);
const row = fc.array(value, { minLength: width, maxLength: width });

/** Some rows, repeated until there are many: shrinks well and still fills the table several times over. */
const run = fc
  .record({ pattern: fc.array(row, { minLength: 1, maxLength: 40 }), steps: fc.integer({ min: 1, max: 5000 }) })
  .map(({ pattern, steps }) => Array.from({ length: steps }, (_, i) => pattern[(i * 7) % pattern.length] as number[]));
const batches = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 12 });
const first = fc.constantFrom(0, 1, 2, 977, 1_000_001);

function record(rows: readonly number[][], sizes: readonly number[], from = 1): SeriesStore {
  const store = new SeriesStore();
  for (let at = 0, call = 0; at < rows.length; call++) {
    const part = rows.slice(at, at + (sizes[call % sizes.length] as number));
    at += part.length;
    store.append(from + at - 1, Float32Array.from(part.flat()), part.length);
  }
  return store;
}

/** The finite values of a signal in steps `from` to `to`, taken straight from the rows. */
function finite(rows: readonly number[][], signal: Signal, origin: number, from: number, to: number): number[] {
  const column = signals.indexOf(signal);
  const values = rows.slice(from - origin, to - origin + 1).map((one) => Math.fround(one[column] as number));
  return values.filter(Number.isFinite);
}

describe('SeriesStore', () => {
  it('gives the mean, least, greatest and count of the steps that each point stands for', () => {
    fc.assert(
      fc.property(run, batches, first, fc.integer({ min: 1, max: mostPoints }), (rows, sizes, origin, points) => {
        const store = record(rows, sizes, origin);
        for (const signal of signals) {
          let before = origin - 1;
          const line = store.read(signal, points);
          const oracle = line.map(({ step }) => {
            // A point covers what lies after the one before; a bucket without values adds none.
            const values = finite(rows, signal, origin, before + 1, step);
            before = step;
            const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
            return { step, mean, min: Math.min(...values), max: Math.max(...values), count: values.length };
          });
          const scale = Math.max(1, ...oracle.map(({ min, max }) => Math.max(-min, max)));
          const off = oracle.map(({ mean }, i) => Math.abs(mean - (line[i] as Point).mean) / scale);
          expect(Math.max(0, ...off)).toBeLessThan(1e-9);
          expect(line.map(({ mean: _, ...rest }) => rest)).toEqual(oracle.map(({ mean: _, ...rest }) => rest));
          // Nothing left over: every finite value is in one of the points.
          expect(finite(rows, signal, origin, before + 1, origin + rows.length - 1)).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on how the steps were split into calls', () => {
    fc.assert(
      fc.property(run, batches, batches, (rows, one, other) => {
        const [a, b] = [record(rows, one), record(rows, other)];
        for (const signal of signals) expect(a.read(signal)).toEqual(b.read(signal));
      }),
      { numRuns: 40 },
    );
  });

  it('gives at most the points asked for and more than half of them once there are enough steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: mostPoints }), (steps, points) => {
        const store = new SeriesStore();
        store.append(steps, new Float32Array(steps * width).fill(1), steps);
        const drawn = store.read('lossD', points).length;
        expect(drawn).toBeLessThanOrEqual(points);
        if (steps >= points) expect(drawn).toBeGreaterThanOrEqual(Math.ceil(points / 2));
        else expect(drawn).toBe(steps);
      }),
    );
  });

  it('keeps the edges of the past where they were: later edges are old ones, or lie after them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4000 }), fc.integer({ min: 1, max: 9000 }), (before, more) => {
        const store = new SeriesStore();
        store.append(before, new Float32Array(before * width).fill(1), before);
        const old = new Set(store.read('lossG').map((point) => point.step));
        store.append(before + more, new Float32Array(more * width).fill(1), more);
        const kept = store.read('lossG').filter((point) => point.step < before);
        for (const { step } of kept) expect(old.has(step)).toBe(true);
      }),
    );
  });

  it('joins the past without touching it: closed points of the same buckets are equal later', () => {
    const store = new SeriesStore();
    const rows = Float32Array.from({ length: 1000 * width }, (_, i) => Math.sin(i * 12.9898) * 43.7);
    store.append(1000, rows, 1000);
    const early = store.read('gradD', 400);
    store.append(1020, rows.subarray(0, 20 * width), 20);
    expect(store.read('gradD', 400).slice(0, 250)).toEqual(early.slice(0, 250));
  });

  it('holds a million steps in as many points as a few thousand', () => {
    const store = new SeriesStore();
    const rows = new Float32Array(1000 * width);
    for (let step = 1000; step <= 1_000_000; step += 1000) {
      // Each value is its step: the means are then known in closed form.
      for (let i = 0; i < 1000; i++) rows.fill(step - 999 + i, i * width, (i + 1) * width);
      store.append(step, rows, 1000);
    }
    const line = store.read('dReal');
    expect(line.length).toBeLessThanOrEqual(mostPoints);
    expect(line.reduce((sum, point) => sum + point.count, 0)).toBe(1_000_000);
    expect(line.at(-1)?.step).toBe(1_000_000);
    for (const { step, mean, min, max, count } of line) {
      expect([min, max, mean]).toEqual([step - count + 1, step, step - (count - 1) / 2]);
    }
  });

  it('leaves room for steps that are missing', () => {
    const store = new SeriesStore();
    const one = new Float32Array(width).fill(2);
    for (const step of [5, 6, 100_000]) store.append(step, one, 1);
    expect(store.extent).toEqual({ first: 5, last: 100_000 });
    const line = store.read('lossD');
    expect(line.map((point) => point.count)).toEqual([2, 1]);
    expect(line.at(-1)?.step).toBe(100_000);
  });

  it('gives the same array until something is appended', () => {
    const store = new SeriesStore();
    store.append(3, new Float32Array(3 * width), 3);
    const line = store.read('lossD', 100);
    expect(store.read('lossD', 100)).toBe(line);
    store.append(4, new Float32Array(width), 1);
    expect(store.read('lossD', 100)).not.toBe(line);
    expect(line).toHaveLength(3);
  });

  it('takes more rows than it is told to record, and only those', () => {
    const store = new SeriesStore();
    store.append(
      2,
      Float32Array.from({ length: 5 * width }, (_, i) => Math.floor(i / width)),
      2,
    );
    expect(store.read('lossG').map((point) => point.mean)).toEqual([0, 1]);
  });

  it('refuses steps that do not follow, and keeps what it has', () => {
    const store = new SeriesStore();
    store.append(10, new Float32Array(10 * width), 10);
    const before = store.read('lossD');
    const rows = new Float32Array(2 * width);
    for (const [step, count] of [
      [10, 1],
      [11, 2],
      [3, 1],
      [11.5, 1],
      [Number.NaN, 1],
      [12, 3],
      [12, -1],
    ] as const) {
      expect(() => store.append(step, rows, count)).toThrow(RangeError);
    }
    expect(store.read('lossD')).toBe(before);
    expect(store.extent).toEqual({ first: 1, last: 10 });
  });

  it('forgets all of an old run', () => {
    const store = new SeriesStore();
    store.append(5000, new Float32Array(5000 * width).fill(9), 5000);
    store.clear();
    expect(store.extent).toBeUndefined();
    expect(store.read('lossD')).toEqual([]);
    store.append(1, new Float32Array(width).fill(3), 1);
    expect(store.read('lossD')).toEqual([{ step: 1, mean: 3, min: 3, max: 3, count: 1 }]);
  });
});
