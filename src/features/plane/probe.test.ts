import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hopped, moved, nearest } from './probe.ts';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

test('arrow keys move the probe, up is up, with Shift more finely, and never off the plane', () => {
  expect(moved({ x: 0, y: 0 }, press('ArrowUp'), 2)).toEqual({ x: 0, y: 0.1 });
  expect(moved({ x: 0, y: 0 }, press('ArrowLeft', true), 2)).toEqual({ x: -0.02, y: 0 });
  expect(moved({ x: 1.99, y: -1.99 }, press('ArrowRight'), 2)).toEqual({ x: 2, y: -1.99 });
  expect(moved({ x: 1, y: 1 }, press('Home'), 2)).toEqual({ x: 0, y: 0 });
  expect(moved({ x: 1, y: 1 }, press('Enter'), 2)).toBeUndefined();
});

test('page keys go through all generated points from left to right and back', () => {
  const value = fc.integer({ min: -100, max: 100 });
  fc.assert(
    fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 20 }), (xs) => {
      const fakes = Float32Array.from(xs.flatMap((x) => [x / 100, 0]));
      const walk = (key: string, from: number) => {
        const seen: number[] = [];
        let here = hopped({ x: from, y: 0 }, press(key), fakes);
        while (here) {
          seen.push(Math.round(here.x * 100));
          here = hopped(here, press(key), fakes);
        }
        return seen;
      };
      const sorted = xs.toSorted((a, b) => a - b);
      expect(walk('PageDown', -2)).toEqual(sorted);
      expect(walk('PageUp', 2)).toEqual(sorted.toReversed());
    }),
  );
});

test('the nearest point of either side within reach, else the place itself', () => {
  const view = { real: Float32Array.of(0, 0, 1, 1), fake: Float32Array.of(0.5, 0) };
  expect(nearest({ x: 0.1, y: 0 }, view, 0.2)).toEqual({ side: 'real', x: 0, y: 0 });
  expect(nearest({ x: 0.4, y: 0 }, view, 0.2)).toEqual({ side: 'fake', x: 0.5, y: 0 });
  expect(nearest({ x: 0.25, y: 0.25 }, view, 0.2)).toEqual({ side: undefined, x: 0.25, y: 0.25 });
});
