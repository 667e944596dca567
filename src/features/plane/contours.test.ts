import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, levelLines } from './contours.ts';

const k = 33;
const middle = (k - 1) / 2;
const sample = (f: (x: number, y: number) => number) =>
  Float32Array.from({ length: k * k }, (_, i) => f((i % k) - middle, Math.floor(i / k) - middle));

const pairs = ({ points }: Line) =>
  Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i] as number, points[2 * i + 1] as number] as const);

/** Signed area by the shoelace formula. */
function area(line: Line): number {
  const corners = pairs(line);
  return corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length] as readonly [number, number];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

test('a cone’s level line is one ring of the right radius and area', () => {
  const lines = levelLines(sample(Math.hypot), k, 10);
  expect(lines).toHaveLength(1);
  const [ring] = lines as [Line];
  expect(ring.closed).toBe(true);
  for (const [x, y] of pairs(ring)) expect(Math.hypot(x - middle, y - middle)).toBeCloseTo(10, 1);
  expect(Math.abs(area(ring))).toBeGreaterThan(Math.PI * 100 * 0.99);
  expect(Math.abs(area(ring))).toBeLessThan(Math.PI * 100 * 1.01);
});

test('a slope’s level line is straight, open and goes from rim to rim', () => {
  const lines = levelLines(
    sample((x) => x),
    k,
    3.25,
  );
  expect(lines).toHaveLength(1);
  const [line] = lines as [Line];
  expect(line.closed).toBe(false);
  expect(pairs(line)).toHaveLength(k);
  for (const [x] of pairs(line)) expect(x).toBeCloseTo(middle + 3.25, 5);
});

test('two hills have two rings below the pass and one above it', () => {
  const hills = sample((x, y) => Math.min(Math.hypot(x - 7, y), Math.hypot(x + 7, y)));
  expect(levelLines(hills, k, 4)).toHaveLength(2);
  expect(levelLines(hills, k, 8.5)).toHaveLength(1);
});

test('a saddle is cut by its middle', () => {
  const joined = levelLines([1, 0, 0, 1], 2, 0.4);
  const parted = levelLines([1, 0, 0, 1], 2, 0.6);
  const nearest = (lines: readonly Line[]) =>
    Math.min(...lines.flatMap((line) => pairs(line).map(([x, y]) => Math.hypot(x, y))));
  expect(joined).toHaveLength(2);
  expect(parted).toHaveLength(2);
  // Each corner of 1 is cut off alone only where the middle lies below the level.
  const corners = parted.map(
    (line) => pairs(line).every(([x, y]) => x + y < 1) || pairs(line).every(([x, y]) => x + y > 1),
  );
  expect(corners).toEqual([true, true]);
  expect(nearest(joined)).toBeGreaterThan(nearest(parted));
});

test('nothing at all where the level is not crossed, and none in cells that are not finite', () => {
  expect(levelLines(new Float32Array(16).fill(1), 4, 0.5)).toEqual([]);
  expect(levelLines([Number.NaN, 1, 0, 1], 2, 0.5)).toEqual([]);
});

test('every point of every line has the level’s value between its grid points', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 }),
      fc.double({ min: -0.9, max: 0.9, noNaN: true }),
      (values, level) => {
        for (const line of levelLines(values, 6, level)) {
          expect(line.points.length).toBeGreaterThanOrEqual(4);
          for (const [x, y] of pairs(line)) {
            const [x0, y0] = [Math.floor(x), Math.floor(y)];
            const [x1, y1] = [Math.ceil(x), Math.ceil(y)];
            const [low, high] = [values[y0 * 6 + x0] as number, values[y1 * 6 + x1] as number];
            const share = x - x0 + (y - y0);
            expect(low + (high - low) * share).toBeCloseTo(level, 6);
          }
        }
      },
    ),
  );
});
