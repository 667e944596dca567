import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { openStreams, Stream, type StreamState, streamNames } from './streams.ts';
import { meanOf, varianceOf } from './testing/values.ts';

const mask = 2n ** 64n - 1n;
const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (64n - k))) & mask;

/** Blackman & Vigna's xoroshiro128+ 1.0, written from their description in 64-bit integers. */
class Reference {
  constructor(
    public s0: bigint,
    public s1: bigint,
  ) {}

  next(): bigint {
    const result = (this.s0 + this.s1) & mask;
    const mixed = this.s1 ^ this.s0;
    this.s0 = rotl(this.s0, 24n) ^ mixed ^ ((mixed << 16n) & mask);
    this.s1 = rotl(mixed, 37n);
    return result;
  }

  /** 2^64 draws at once. */
  jump(): void {
    let [s0, s1] = [0n, 0n];
    for (const word of [0xdf900294d8f554a5n, 0x170865df4b3201fcn]) {
      for (let bit = 0n; bit < 64n; bit++) {
        if ((word >> bit) & 1n) {
          s0 ^= this.s0;
          s1 ^= this.s1;
        }
        this.next();
      }
    }
    [this.s0, this.s1] = [s0, s1];
  }
}

/** What the first draws of the authors' C program are from the state (1, 2). */
const published = [
  3n,
  412333834243n,
  2360170716294286339n,
  9295852285959843169n,
  2797080929874688578n,
  6019711933173041966n,
  3076529664176959358n,
  3521761819100106140n,
  7493067640054542992n,
  920801338098114767n,
];

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('the generator', () => {
  test('our reference draws what the authors publish', () => {
    const reference = new Reference(1n, 2n);
    expect(take(10, () => reference.next())).toEqual(published);
  });

  test('a stream draws the low halves of it', () => {
    const stream = new Stream(xoroshiro128plusFromState([0, 1, 0, 2]));
    expect(take(10, () => stream.uint32())).toEqual(published.map((value) => Number(value & 0xffffffffn)));
  });

  test('the streams of a seed begin at jumps of 2^64, after 64 draws that nobody sees', () => {
    const [s01, s00, s11, s10] = xoroshiro128plus(42).getState() as [number, number, number, number];
    const word = (high: number, low: number) => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    const reference = new Reference(word(s01, s00), word(s11, s10));
    for (let i = 0; i < 64; i++) reference.next();
    const streams = openStreams(42);
    for (const name of streamNames) {
      const { s0, s1 } = reference;
      expect([name, take(5, () => streams[name].uint32())]).toEqual([
        name,
        take(5, () => Number(reference.next() & 0xffffffffn)),
      ]);
      [reference.s0, reference.s1] = [s0, s1];
      reference.jump();
    }
  });
});

describe('streams', () => {
  test('one seed, the same draws; another seed or another stream, others', () => {
    const draw = (seed: number, name: (typeof streamNames)[number]) => take(4, () => openStreams(seed)[name].uint32());
    expect(draw(7, 'latents')).toEqual(draw(7, 'latents'));
    const all = [0, 1, 2, 999_999].flatMap((seed) => streamNames.map((name) => draw(seed, name).join()));
    expect(new Set(all).size).toBe(all.length);
  });

  test('drawing more of one does not shift another', () => {
    const [quiet, busy] = [openStreams(7), openStreams(7)];
    busy.dropout.dropoutMask(1001, 0.3);
    busy.init.normals(33);
    busy.fixedLatents.uniforms(5, 0, 1);
    expect([...busy.latents.normals(9)]).toEqual([...quiet.latents.normals(9)]);
    expect(take(9, () => busy.shuffle.uint32())).toEqual(take(9, () => quiet.shuffle.uint32()));
  });

  test('a saved stream goes on exactly, in the middle of a pair of normals too', () => {
    for (const before of [0, 1, 2, 5]) {
      const { latents } = openStreams(3);
      latents.normals(before);
      const saved = JSON.parse(JSON.stringify(latents.state())) as StreamState;
      const wanted = [...latents.normals(7), latents.uint32(), ...latents.dropoutMask(5, 0.5)];
      const { latents: restored } = openStreams(99);
      restored.normals(1);
      restored.restore(saved);
      expect([...restored.normals(7), restored.uint32(), ...restored.dropoutMask(5, 0.5)]).toEqual(wanted);
    }
  });

  test('a saved state does not move with the stream', () => {
    const { latents } = openStreams(3);
    const saved = latents.state();
    const copy = structuredClone(saved);
    latents.normals(3);
    expect(saved).toEqual(copy);
  });
});

/** The largest distance between the values' distribution and a continuous one (Kolmogorov & Smirnov). */
function distance(values: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  return Math.max(...sorted.map((x, i) => Math.max(Math.abs(cdf(x) - i / n), Math.abs((i + 1) / n - cdf(x)))));
}

/** Of the standard normal: Abramowitz & Stegun 7.1.26, right to 1.5e-7. */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - series * Math.exp(-z * z);
  return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

describe('distributions', () => {
  const n = 20_000;
  /** Passed by chance in one of a million: P(D > c / sqrt(n)) = 2 exp(-2 c^2). The seeds are fixed, so never twice. */
  const bound = 2.7 / Math.sqrt(n);

  test('the distance tells distributions apart', () => {
    const { latents } = openStreams(5);
    expect(distance(Array.from(latents.normals(n, 1.05)), normalCdf)).toBeGreaterThan(bound / 2);
    expect(distance(Array.from(latents.uniforms(n, -2, 2)), normalCdf)).toBeGreaterThan(bound);
  });

  test.each([0, 1, 7])('normals of seed %i', (seed) => {
    const values = Array.from(openStreams(seed).latents.normals(n));
    expect(distance(values, normalCdf)).toBeLessThan(bound);
    expect(Math.abs(meanOf(values))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(varianceOf(values) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(meanOf(values.map((x) => x ** 3)))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(meanOf(values.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    // The two of a Box-Muller pair, and one pair and the next.
    for (const lag of [1, 2]) {
      const products = values.slice(lag).map((x, i) => x * (values[i] as number));
      expect(Math.abs(meanOf(products))).toBeLessThan(5 / Math.sqrt(n));
    }
  });

  test('neighbouring seeds, and the streams of one, are unrelated', () => {
    const [seven, eight] = [openStreams(7), openStreams(8)];
    const draws = [seven.latents, eight.latents, seven.fixedLatents].map((stream) => Array.from(stream.normals(n)));
    for (const [a, b] of [
      [0, 1],
      [0, 2],
    ] as const) {
      const products = (draws[a] as number[]).map((x, i) => x * (draws[b]?.[i] as number));
      expect(Math.abs(meanOf(products))).toBeLessThan(5 / Math.sqrt(n));
    }
  });

  test('normals with a mean and a deviation', () => {
    const values = openStreams(2).init.normals(n, 0.02, 1);
    const standard = Array.from(values, (x) => (x - 1) / 0.02);
    expect(distance(standard, normalCdf)).toBeLessThan(bound);
  });

  test.each([0, 1, 7])('uniforms of seed %i', (seed) => {
    const values = Array.from(openStreams(seed).init.uniforms(n, -3, 5));
    expect(distance(values, (x) => (x + 3) / 8)).toBeLessThan(bound);
  });

  test('a uniform is never 0 or 1', () => {
    const ends = [0, 0xffffffff].map((value) => {
      const stream = new Stream({ next: () => value | 0 } as unknown as ConstructorParameters<typeof Stream>[0]);
      return stream.uniform();
    });
    expect(ends[0]).toBeGreaterThan(0);
    expect(ends[1]).toBeLessThan(1);
  });

  test.each([0.05, 0.3, 0.5, 0.7])('a dropout mask at rate %f', (rate) => {
    const count = 40_001;
    const mask = Array.from(openStreams(4).dropout.dropoutMask(count, rate));
    const deviation = Math.sqrt(count * rate * (1 - rate));
    const dropped = mask.filter((value) => value === 0).length;
    expect(Math.abs(dropped - rate * count)).toBeLessThan(5 * deviation);
    const kept = mask.filter((value) => value !== 0);
    expect(Math.max(...kept)).toBe(Math.min(...kept));
    expect(kept[0]).toBeCloseTo(1 / (1 - rate), 4);
    // One draw serves two units: they must not fall together.
    const both = mask.filter((value, i) => i % 2 === 0 && value === 0 && mask[i + 1] === 0).length;
    const pairs = (count - 1) / 2;
    expect(Math.abs(both - pairs * rate ** 2)).toBeLessThan(5 * Math.sqrt(pairs * rate ** 2 * (1 - rate ** 2)));
  });

  test('a mask at rate 0 keeps all, with nothing scaled', () => {
    expect(new Set(openStreams(4).dropout.dropoutMask(100, 0))).toEqual(new Set([1]));
  });
});
