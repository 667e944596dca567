import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointsReach } from '../../config/worlds.ts';
import { keep, keptPoints } from './keepPoints.ts';

test('points come back to within half a thousandth', () => {
  const value = fc.double({ min: -pointsReach, max: pointsReach, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 50 }), (pairs) => {
      const points = Float32Array.from(pairs.flat());
      const back = keptPoints(keep(points)) as Float32Array;
      expect(back).toHaveLength(points.length);
      for (const [i, place] of back.entries()) expect(Math.abs(place - (points[i] as number))).toBeLessThan(0.000501);
    }),
  );
});

test.each(['', '1', '1 2', '1 2 3', 'a b c d', '1 2 3 99999', '0 0 0 NaN'])('%s is not taken for points', (text) => {
  expect(keptPoints(text)).toBeUndefined();
});
