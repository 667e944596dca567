import fc from 'fast-check';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { EpochSampler, gather } from './sampler.ts';
import { type RandomSource, shuffle, uniformBelow } from './shuffle.ts';

function seeded(seed: number): RandomSource {
  const generator = xoroshiro128plus(seed);
  return { uint32: () => generator.next() >>> 0 };
}

describe('shuffle', () => {
  test('draws past the last whole multiple are drawn again', () => {
    const draws = [2 ** 32 - 1, 2 ** 32 - 2];
    // 2^32 - 1 is a multiple of 3, so the first draw would favour 0.
    expect(uniformBelow(3, { uint32: () => draws.shift() ?? 0 })).toBe((2 ** 32 - 2) % 3);
    expect(draws).toEqual([]);
  });

  test('all 24 orders of four are equally likely', () => {
    const random = seeded(11);
    const counts = new Map<string, number>();
    const runs = 24_000;
    for (let run = 0; run < runs; run++) {
      const order = shuffle([0, 1, 2, 3], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - runs / 24) ** 2 / (runs / 24), 0);
    // The 99.9 % point of chi-square with 23 degrees of freedom.
    expect(chiSquare).toBeLessThan(49.73);
  });
});

describe('EpochSampler', () => {
  test('every image comes once in each epoch, whatever the batch', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer(),
        (count, batch, seed) => {
          const sampler = new EpochSampler(count, seeded(seed));
          const drawn: number[] = [];
          while (drawn.length < 3 * count) drawn.push(...sampler.next(batch));
          for (let epoch = 0; epoch < 3; epoch++) {
            const one = drawn.slice(epoch * count, (epoch + 1) * count);
            expect(one.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()]);
          }
          expect(sampler.epoch).toBeCloseTo(drawn.length / count, 9);
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });

  test('each epoch has its own order, and a seed gives the same ones again', () => {
    const first = new EpochSampler(50, seeded(1));
    const [one, two] = [first.next(50), first.next(50)];
    expect(one).not.toEqual(two);
    expect(new EpochSampler(50, seeded(1)).next(100)).toEqual(Int32Array.of(...one, ...two));
    expect(new EpochSampler(50, seeded(2)).next(50)).not.toEqual(one);
  });

  test.each([0, 7, 10, 13])('goes on from a saved state after %i draws as if never stopped', (drawn) => {
    const generator = xoroshiro128plus(5);
    const sampler = new EpochSampler(10, { uint32: () => generator.next() >>> 0 });
    sampler.next(drawn);
    const saved = JSON.parse(JSON.stringify(sampler.state())) as ReturnType<EpochSampler['state']>;
    const randomThen = generator.clone();
    const expected = sampler.next(25);
    const other = new EpochSampler(10, { uint32: () => randomThen.next() >>> 0 });
    other.restore(saved);
    expect(other.epoch).toBeCloseTo(drawn / 10, 12);
    expect(other.next(25)).toEqual(expected);
    expect(other.state()).toEqual(sampler.state());
  });

  test.each([
    ['another count', { epochs: 1, position: 0, order: [0, 1] }],
    ['a repeated image', { epochs: 1, position: 0, order: [0, 1, 1] }],
    ['an image outside', { epochs: 1, position: 0, order: [0, 1, 3] }],
    ['a fraction', { epochs: 1, position: 0, order: [0, 1, 1.5] }],
    ['a position outside', { epochs: 1, position: 4, order: [0, 1, 2] }],
    ['no number', { epochs: 1, position: Number.NaN, order: [0, 1, 2] }],
    ['draws before the first epoch', { epochs: 0, position: 1, order: [0, 1, 2] }],
  ])('refuses a state with %s and keeps its own', (_, state) => {
    const sampler = new EpochSampler(3, seeded(1));
    sampler.next(1);
    const before = sampler.state();
    expect(() => sampler.restore(state)).toThrow(RangeError);
    expect(sampler.state()).toEqual(before);
  });

  test('needs images', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) expect(() => new EpochSampler(count, seeded(1))).toThrow(RangeError);
  });
});

describe('gather', () => {
  const split = { count: 3, pixels: Uint8Array.from({ length: 12 }, (_, i) => i * 23), labels: new Uint8Array(3) };

  test('maps 0…255 to -1…1 in the order asked for', () => {
    const expected = [2, 0, 2].flatMap((image) =>
      [0, 1, 2, 3].map((i) => Math.fround(((image * 4 + i) * 23) / 127.5 - 1)),
    );
    expect(Array.from(gather(split, [2, 0, 2], 2, 1))).toEqual(expected);
    const ends = { count: 1, pixels: Uint8Array.of(0, 255, 0), labels: new Uint8Array(1) };
    expect(gather(ends, Int32Array.of(0), 1, 3)).toEqual(Float32Array.of(-1, 1, -1));
  });

  test('refuses images that are not there', () => {
    for (const index of [-1, 3, Number.NaN]) expect(() => gather(split, [index], 2, 1)).toThrow(RangeError);
  });
});
