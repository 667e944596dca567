import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectionOf, ticksOf } from './projection.ts';

test('the plane has its middle in the canvas’s middle, and up is up', () => {
  const view = projectionOf(2, 400);
  expect([view.x(0), view.y(0)]).toEqual([200, 200]);
  expect([view.x(-2), view.y(2)]).toEqual([0, 0]);
  expect(view.toPlane(400, 400)).toEqual([2, -2]);
});

test('there and back again', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 100, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (extent, x, y) => {
        const view = projectionOf(extent, 617);
        const [backX, backY] = view.toPlane(view.x(x * extent), view.y(y * extent));
        expect(backX).toBeCloseTo(x * extent, 6);
        expect(backY).toBeCloseTo(y * extent, 6);
      },
    ),
  );
});

test('ticks are round, symmetric, few, and within the axis', () => {
  expect(ticksOf(1.5)).toEqual([-1.5, -1, -0.5, 0, 0.5, 1, 1.5]);
  expect(ticksOf(2)).toEqual([-2, -1, 0, 1, 2]);
  expect(ticksOf(1)).toEqual([-1, -0.5, 0, 0.5, 1]);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (extent) => {
      const ticks = ticksOf(extent);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks[(ticks.length - 1) / 2]).toBe(0);
      expect(Math.max(...ticks)).toBeLessThanOrEqual(extent * (1 + 1e-5));
    }),
  );
});
