import { describe, expect, test } from 'vitest';
import { cloudIds, worlds as facts, fitPoints, mostPoints, pointsReach, reach } from '../../../config/worlds.ts';
import { openStreams } from '../../streams.ts';
import { drawWorld, worlds } from './index.ts';

describe.each(cloudIds)('%s', (id) => {
  const world = drawWorld(id, 1);

  test('the same points every time, other ones held out, all within view', () => {
    expect(worlds[id].id).toBe(id);
    expect(drawWorld(id, 1)).toEqual(world);
    expect(world.train.points).toHaveLength(2 * world.train.count);
    expect(world.heldOut.points).toHaveLength(2 * world.heldOut.count);
    const seen = new Set(world.train.points);
    expect(world.heldOut.points.filter((value) => seen.has(value)).length).toBeLessThan(world.heldOut.count / 20);
    expect(world.train.points.every((value) => Math.abs(value) < reach)).toBe(true);
  });

  test('has as many modes as the table says', () => {
    expect((world.modes?.centres.length ?? 0) / 2).toBe(facts[id].modes);
  });

  test('noise spreads the points by what it says', () => {
    const { draw, sigma } = worlds[id];
    const wide = drawWorld(id, 4);
    // The same draws with another noise: their differences are the noise alone.
    const moved = wide.train.points.map((value, i) => value - (world.train.points[i] as number));
    const deviation = Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0) / moved.length);
    expect(deviation).toBeCloseTo(3 * sigma, 2);
    expect(draw(openStreams(3).latents, Float32Array.of(1, 2))).toHaveLength(2);
  });
});

test.each(['ring', 'grid'] as const)('%s: variance 1 along both axes, as science has it', (id) => {
  const { points, count } = drawWorld(id, 1).train;
  for (const axis of [0, 1]) {
    const values = points.filter((_, i) => i % 2 === axis);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  }
});

test('a checkerboard fills every other square evenly', () => {
  const { points, count } = drawWorld('checkerboard', 1).train;
  const counts = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const [column, row] = [0, 1].map((axis) => Math.floor((points[2 * i + axis] as number) / 0.8) + 2);
    counts.set(`${column},${row}`, (counts.get(`${column},${row}`) ?? 0) + 1);
  }
  expect(counts.size).toBe(8);
  for (const [square, n] of counts) {
    const [column, row] = square.split(',').map(Number) as [number, number];
    expect((column + row) % 2).toBe(0);
    // Five standard deviations of a binomial count.
    expect(Math.abs(n - count / 8)).toBeLessThan(5 * Math.sqrt(count / 8));
  }
});

describe("a person's own points", () => {
  test('each is drawn, with a little noise', () => {
    const own = Float32Array.of(-1, -1, 0, 1, 1, 0.5);
    const { points, count } = drawWorld('points', 1, own).train;
    const nearest = new Set<number>();
    for (let i = 0; i < count; i++) {
      const distances = [0, 1, 2].map((j) =>
        Math.hypot(
          (points[2 * i] as number) - (own[2 * j] as number),
          (points[2 * i + 1] as number) - (own[2 * j + 1] as number),
        ),
      );
      const least = Math.min(...distances);
      expect(least).toBeLessThan(0.2);
      nearest.add(distances.indexOf(least));
    }
    expect(nearest.size).toBe(3);
  });

  test('without any, there is something to see', () => {
    expect(new Set(drawWorld('points', 1, new Float32Array()).train.points).size).toBeGreaterThan(1000);
  });

  test('a table in any unit is moved and scaled into the box, x and y alike', () => {
    expect(Array.from(fitPoints([100, 5, 300, 5, 200, 55]))).toEqual(
      [-pointsReach, -0.4, pointsReach, -0.4, 0, 0.4].map(Math.fround),
    );
    expect(Array.from(fitPoints([7, 7, 7, 7]))).toEqual([0, 0, 0, 0]);
    expect(fitPoints([])).toHaveLength(0);
  });

  test('a table too long is thinned out evenly', () => {
    const long = Array.from({ length: 2 * (mostPoints * 2) }, (_, i) => i);
    const fitted = fitPoints(long);
    expect(fitted).toHaveLength(2 * mostPoints);
    expect(fitted[0]).toBeCloseTo(-pointsReach, 3);
    expect(fitted.at(-1)).toBeCloseTo(pointsReach, 3);
  });
});
