import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * The one door for randomness. Each use has a stream of its own, 2^64 draws away from the next (Blackman & Vigna's
 * jump), so that drawing more of one never shifts another. Draws happen on the CPU and are uploaded, which makes them
 * equal on every backend.
 */
export const streamNames = [
  'init',
  'latents',
  'shuffle',
  'dropout',
  'fixedLatents',
  'calibration',
  'samples',
  'spectral',
  'noise',
  'augment',
  'penalty',
  'pixelNoise',
  'mixing',
  'classes',
  'posterior',
] as const;
export type StreamName = (typeof streamNames)[number];
export type Streams = Readonly<Record<StreamName, Stream>>;

type Generator = ReturnType<typeof xoroshiro128plus>;

/** A seeded sequence whose position can be saved and restored. */
export class Stream {
  #generator: Generator;
  /** Box and Muller make two normals at a time; the second waits here. */
  #spare: number | undefined;

  constructor(generator: Generator) {
    this.#generator = generator;
  }

  /** Uniform over 0 to 2^32 - 1. */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /** Uniform over (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number {
    return (this.uint32() + 0.5) / 4294967296;
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** @param values room for `count` of them */
  normals(count: number, deviation = 1, mean = 0, values = new Float32Array(count)): Float32Array {
    for (let i = 0; i < count; i++) values[i] = mean + deviation * this.normal();
    return values;
  }

  uniforms(count: number, low: number, high: number): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = low + (high - low) * this.uniform();
    return values;
  }

  /**
   * An inverted dropout mask: 0 with probability `rate`, else 1 / (1 - rate) (Srivastava et al. 2014). The rate is
   * rounded to 1/65536, which lets one draw serve two units.
   *
   * @param mask room for `count` units
   */
  dropoutMask(count: number, rate: number, mask = new Float32Array(count)): Float32Array {
    const threshold = Math.round(rate * 65536);
    const kept = 1 / (1 - threshold / 65536);
    for (let i = 0; i < count; i += 2) {
      const draw = this.#generator.next();
      mask[i] = (draw & 0xffff) < threshold ? 0 : kept;
      if (i + 1 < count) mask[i + 1] = draw >>> 16 < threshold ? 0 : kept;
    }
    return mask;
  }

  state(): StreamState {
    return { generator: [...this.#generator.getState()], spare: this.#spare ?? null };
  }

  restore(state: StreamState): void {
    this.#generator = xoroshiro128plusFromState(state.generator);
    this.#spare = state.spare ?? undefined;
  }
}

export interface StreamState {
  readonly generator: readonly number[];
  readonly spare: number | null;
}

/** All streams of a seed. */
export function openStreams(seed: number): Streams {
  const generator = xoroshiro128plus(seed);
  // A small seed leaves most of the state's bits equal; the first draws would show it.
  for (let i = 0; i < 64; i++) generator.next();
  const open = streamNames.map((name) => {
    const stream = new Stream(generator.clone());
    generator.jump();
    return [name, stream] as const;
  });
  return Object.fromEntries(open) as unknown as Streams;
}
