import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleOf, valueAt } from './opinion.ts';

const extent = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
const k = 8;
const field = (f: (x: number, y: number) => number, probability = true) => ({
  values: Float32Array.from({ length: k * k }, (_, i) => {
    const at = (j: number) => 2 * ((2 * j + 1) / k - 1);
    return f(at(i % k), at(Math.floor(i / k)));
  }),
  k,
  extent,
  probability,
});

test('a logit is shaded by the probability it means, with lines at its quarters', () => {
  const { shade, levels } = scaleOf(field(() => 0));
  expect(shade(0)).toBe(0.5);
  expect(shade(Math.log(3))).toBeCloseTo(0.75, 12);
  expect(levels.map(({ shown, value }) => [shown, shade(value)])).toEqual([
    [0.25, expect.closeTo(0.25, 12)],
    [0.5, 0.5],
    [0.75, expect.closeTo(0.75, 12)],
  ]);
});

test('a critic is shaded from the least to the most it says, whatever is added to it', () => {
  for (const offset of [0, 1000]) {
    const { shade, levels } = scaleOf(field((x) => 3 * x + offset, false));
    expect(shade(offset)).toBeCloseTo(0.5, 5);
    expect(shade(offset - 100)).toBe(0);
    expect(shade(offset + 100)).toBe(1);
    expect(levels.length).toBeGreaterThanOrEqual(2);
    expect(levels.length).toBeLessThanOrEqual(5);
    for (const { value, shown } of levels) {
      expect(value).toBe(shown);
      expect(shade(value)).toBeGreaterThan(0);
      expect(shade(value)).toBeLessThan(1);
    }
  }
});

test('a critic that says the same everywhere has no lines and one shade; what is not a number has none', () => {
  const { shade, levels } = scaleOf(field(() => 7, false));
  expect([levels, shade(7)]).toEqual([[], 0.5]);
  expect(shade(Number.NaN)).toBeNaN();
  expect(scaleOf(field(() => Number.NaN, false)).levels).toEqual([]);
});

test('between the middles of cells D is a plane where it is one, and beyond them what the rim says', () => {
  const slope = field((x, y) => 2 * x - y + 0.5);
  fc.assert(
    fc.property(
      fc.double({ min: -1.75, max: 1.75, noNaN: true }),
      fc.double({ min: -1.75, max: 1.75, noNaN: true }),
      (x, y) => {
        expect(valueAt(slope, x, y)).toBeCloseTo(2 * x - y + 0.5, 5);
      },
    ),
  );
  expect(valueAt(slope, 9, 0.25)).toBeCloseTo(valueAt(slope, 1.75, 0.25), 6);
});
