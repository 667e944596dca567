import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, significant, spread } from './statistics.ts';

test('the median of odd, even and unsorted counts', () => {
  expect(median([3])).toBe(3);
  expect(median([30, 1, 2])).toBe(2);
  expect(median([4, 1, 30, 2])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('as many values lie under the median as over it', () => {
  const values = fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, (list) => {
      const middle = median(list);
      expect(list.filter((value) => value < middle).length).toBeLessThanOrEqual(list.length / 2);
      expect(list.filter((value) => value > middle).length).toBeLessThanOrEqual(list.length / 2);
    }),
  );
});

test('the spread is the range over the median', () => {
  expect(spread([10, 12, 9])).toBeCloseTo(0.3, 12);
  expect(spread([5])).toBe(0);
});

test('significant digits', () => {
  expect(significant(12345.6)).toBe(12350);
  expect(significant(0.0123456, 3)).toBe(0.0123);
});
