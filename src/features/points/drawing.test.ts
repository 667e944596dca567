import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostPoints, pointsReach } from '../../config/worlds.ts';
import { added, begun, brushes, type Drawing, drawnOn, emptyDrawing, pointsOf, undone } from './drawing.ts';

test('a stamp covers the brush’s disk and no more, and a second one falls beside the first', () => {
  const points = pointsOf(begun(begun(emptyDrawing, 0.5, -0.5, 'medium'), 0.5, -0.5, 'medium'));
  const places = new Set<string>();
  let widest = 0;
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    widest = Math.max(widest, Math.hypot(x - 0.5, y + 0.5));
    places.add(`${x.toFixed(4)} ${y.toFixed(4)}`);
  }
  expect(widest).toBeLessThanOrEqual(brushes.medium);
  expect(widest).toBeGreaterThan(brushes.medium * 0.9);
  expect(places.size).toBe(points.length / 2);
});

test('undo takes back whole strokes, the last first', () => {
  const first = begun(emptyDrawing, 0, 0, 'small');
  const second = drawnOn(drawnOn(begun(first, 1, 1, 'large'), 1, 0, 'large'), 0, 1, 'large');
  expect(second.count).toBe(4 * first.count);
  expect(undone(second)).toEqual(first);
  expect(undone(first)).toEqual(emptyDrawing);
  expect(undone(emptyDrawing)).toEqual(emptyDrawing);
});

test('a file is one stroke, cut where the board is full', () => {
  const full = added(begun(emptyDrawing, 0, 0, 'small'), new Float32Array(2 * mostPoints));
  expect(full.count).toBe(mostPoints);
  expect(begun(full, 0, 0, 'small')).toBe(full);
  expect(drawnOn(full, 0, 0, 'small')).toBe(full);
  expect(added(full, [0, 0])).toBe(full);
  expect(undone(full).strokes).toHaveLength(1);
});

test('whatever is done, the count is right and every point is on the board', () => {
  const place = fc.double({ min: -3, max: 3, noNaN: true });
  const act = fc.oneof(
    fc.tuple(place, place).map(
      ([x, y]) =>
        (d: Drawing) =>
          begun(d, x, y, 'large'),
    ),
    fc.tuple(place, place).map(
      ([x, y]) =>
        (d: Drawing) =>
          drawnOn(d, x, y, 'medium'),
    ),
    fc.constant((d: Drawing) => undone(d)),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const drawing = acts.reduce((d, go) => go(d), emptyDrawing);
      const points = pointsOf(drawing);
      expect(points.length).toBe(2 * drawing.count);
      for (const value of points) expect(Math.abs(value)).toBeLessThanOrEqual(Math.fround(pointsReach));
    }),
  );
});
