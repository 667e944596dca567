import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, linearAxis, logAxis, niceStep, type Span, sameAxis, stepTicks } from './scale.ts';

const size = fc.double({ noNaN: true, min: -12, max: 12 }).map((power) => 10 ** power);
const signed = fc.tuple(size, fc.constantFrom(-1, 1)).map(([x, sign]) => x * sign);
const spanOf = (value: fc.Arbitrary<number>): fc.Arbitrary<Span> =>
  fc.tuple(value, value, value, value).map((ends) => {
    const [a, b, c, d] = ends.toSorted((one, other) => one - other) as [number, number, number, number];
    return { lines: [b, c], bands: [a, d] };
  });
const intervals = fc.integer({ min: 2, max: 6 });

function expectSound({ domain: [low, high], ticks }: Axis, { lines }: Span, most: number) {
  const slack = (high - low) * 1e-6;
  expect(low).toBeLessThan(high);
  expect(low).toBeLessThanOrEqual(lines[0] + slack);
  expect(high).toBeGreaterThanOrEqual(lines[1] - slack);
  expect(ticks.length).toBeGreaterThanOrEqual(1);
  expect(ticks.length).toBeLessThanOrEqual(most);
  expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
  expect(ticks.every((tick) => tick >= low - slack && tick <= high + slack)).toBe(true);
}

describe('linearAxis', () => {
  it('spans 0 and all of the lines, with few, growing ticks', () => {
    fc.assert(
      fc.property(spanOf(signed), intervals, (span, n) => {
        const axis = linearAxis(span, n);
        expectSound(axis, span, n + 2);
        expect(axis.domain[0]).toBeLessThanOrEqual(0);
        expect(axis.domain[1]).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('names round values', () => {
    expect(linearAxis({ lines: [0.7, 1.6], bands: [0.4, 1.7] }, 4)).toEqual({
      log: false,
      domain: [0, 1.75],
      ticks: [0, 0.5, 1, 1.5],
    });
  });

  it('does not let one wild step flatten the lines', () => {
    expect(linearAxis({ lines: [0.7, 1.4], bands: [0.5, 5000] }, 4).domain[1]).toBeLessThanOrEqual(3);
  });

  it('stands for zeros alone', () => {
    const axis = linearAxis({ lines: [0, 0], bands: [0, 0] }, 4);
    expect(axis.domain).toEqual([0, 0.5]);
  });
});

describe('logAxis', () => {
  it('spans all of the lines, its ends above 0', () => {
    fc.assert(
      fc.property(spanOf(size), intervals, (span, n) => {
        const axis = logAxis(span, n);
        expectSound(axis, span, n + 3);
        expect(axis.domain[0]).toBeGreaterThan(0);
      }),
    );
  });

  it('names powers of ten, and what lies between them when there are few', () => {
    expect(logAxis({ lines: [0.3, 40], bands: [0.2, 60] }, 4)).toEqual({
      log: true,
      domain: [0.2, 100],
      ticks: [1, 10, 100],
    });
    expect(logAxis({ lines: [0.3, 0.8], bands: [0.3, 0.8] }, 4).ticks).toEqual([0.2, 0.5, 1]);
    expect(logAxis({ lines: [0.7, 1.6], bands: [0.4, 4] }, 2).ticks).toEqual([0.2, 1, 5]);
  });

  it('stands for a single value', () => {
    const { domain } = logAxis({ lines: [1, 1], bands: [1, 1] }, 4);
    expect(domain[0]).toBeLessThan(1);
    expect(domain[1]).toBe(1);
  });
});

it('stepTicks are whole steps of the axis, evenly apart', () => {
  fc.assert(
    fc.property(
      fc.nat(2_000_000),
      fc.integer({ min: 1, max: 2_000_000 }),
      fc.integer({ min: 2, max: 10 }),
      (from, length, n) => {
        const ticks = stepTicks(from, from + length, n);
        expect(ticks.every((tick) => Number.isInteger(tick) && tick >= from && tick <= from + length)).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(n + 1);
        const gaps = new Set(ticks.slice(1).map((tick, i) => tick - (ticks[i] as number)));
        expect(gaps.size).toBeLessThanOrEqual(1);
      },
    ),
  );
  expect(stepTicks(0, 1240, 4)).toEqual([0, 400, 800, 1200]);
  expect(stepTicks(0, 1, 4)).toEqual([0, 1]);
});

it('niceStep is the next round number', () => {
  expect([0.03, 0.05, 0.7, 1, 1.01, 30, 999].map((x) => niceStep(x))).toEqual([0.05, 0.05, 1, 1, 2, 50, 1000]);
});

it('sameAxis sees every difference', () => {
  const axis: Axis = { log: false, domain: [0, 2], ticks: [0, 1, 2] };
  expect(sameAxis(axis, { log: false, domain: [0, 2], ticks: [0, 1, 2] })).toBe(true);
  for (const other of [{ log: true }, { domain: [0, 3] as const }, { ticks: [0, 2] }]) {
    expect(sameAxis(axis, { ...axis, ...other })).toBe(false);
  }
});
