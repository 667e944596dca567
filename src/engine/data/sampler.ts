import type { Split } from './dataset.ts';
import { type RandomSource, shuffle } from './shuffle.ts';

/** Where a sampler is. Plain JSON; the random source's own state is its owner's to keep. */
export interface SamplerState {
  /** Epochs begun. */
  readonly epochs: number;
  /** Images of the current epoch already drawn. */
  readonly position: number;
  /** The current epoch's order, a permutation of 0…count-1. */
  readonly order: readonly number[];
}

/** Draws image indices so that every image comes once an epoch, in an order shuffled anew for each. */
export class EpochSampler {
  readonly #random: RandomSource;
  #order: Int32Array;
  #position: number;
  #epochs = 0;

  /** @throws RangeError without images. */
  constructor(count: number, random: RandomSource) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`cannot sample from ${count} images`);
    this.#random = random;
    this.#order = Int32Array.from({ length: count }, (_, index) => index);
    // As if an epoch had just ended: the first draw shuffles.
    this.#position = count;
  }

  get count(): number {
    return this.#order.length;
  }

  /** Passes over the data so far: 1.5 is halfway through the second. */
  get epoch(): number {
    return this.#epochs === 0 ? 0 : this.#epochs - 1 + this.#position / this.count;
  }

  /** [batch] indices. A batch may span the end of an epoch. */
  next(batch: number): Int32Array<ArrayBuffer> {
    const indices = new Int32Array(batch);
    let filled = 0;
    while (filled < batch) {
      if (this.#position === this.count) {
        shuffle(this.#order, this.#random);
        this.#position = 0;
        this.#epochs++;
      }
      const taken = Math.min(batch - filled, this.count - this.#position);
      indices.set(this.#order.subarray(this.#position, this.#position + taken), filled);
      this.#position += taken;
      filled += taken;
    }
    return indices;
  }

  state(): SamplerState {
    return { epochs: this.#epochs, position: this.#position, order: Array.from(this.#order) };
  }

  /** @throws RangeError where the state is not one of a sampler over as many images; the sampler is then unchanged. */
  restore(state: SamplerState): void {
    const { epochs, position, order } = state;
    const { count } = this;
    const seen = new Set(order);
    const permutation =
      order.length === count && seen.size === count && order.every((i) => Number.isInteger(i) && i >= 0 && i < count);
    const within = Number.isInteger(position) && position >= 0 && position <= count;
    const begun = Number.isSafeInteger(epochs) && epochs >= 0 && (epochs > 0 || position === count);
    if (!permutation || !within || !begun) throw new RangeError(`not the state of a sampler over ${count} images`);
    this.#order = Int32Array.from(order);
    this.#position = position;
    this.#epochs = epochs;
  }
}

const unit = Float32Array.from({ length: 256 }, (_, value) => value / 127.5 - 1);

/**
 * The chosen images as [indices.length, size, size, channels] floats, x / 127.5 - 1, in [-1, 1].
 *
 * @param floats room for them
 * @throws RangeError for an index outside the split.
 */
export function gather(
  split: Split,
  indices: ArrayLike<number>,
  size: number,
  channels: number,
  floats = new Float32Array(indices.length * size * size * channels),
): Float32Array<ArrayBuffer> {
  const length = size * size * channels;
  const { pixels, count } = split;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] ?? -1;
    if (!(index >= 0 && index < count)) throw new RangeError(`no image ${index} among ${count}`);
    const from = index * length;
    const to = i * length;
    for (let j = 0; j < length; j++) floats[to + j] = unit[pixels[from + j] as number] as number;
  }
  return floats;
}
