import { type Signal, signalIndex, signals } from '../config/signals.ts';

/** A point of a drawn line: one bucket of neighbouring steps. */
export interface Point {
  /** The last step of the bucket; of the newest bucket, the last step recorded. */
  readonly step: number;
  /** Of the finite values in the bucket. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** How many finite values that is; at least 1. */
  readonly count: number;
}

/** As many points as a line is ever drawn with. */
export const mostPoints = 800;

/** Buckets that are kept. At least twice `mostPoints` would never be needed: halving a full table leaves 512. */
const capacity = 1024;
const width = signals.length;

/**
 * Every step's signals in bounded memory.
 *
 * Steps go into buckets of 2^k steps, counted from the first step recorded, each with the count, mean, least and
 * greatest of its finite values. Once all 1,024 buckets are taken, neighbours are joined in pairs and k grows by one.
 * So the edges of a bucket never move: what is drawn of the past stays where it is, only every other edge goes
 * (LTTB, which picks points anew as data grow, makes old ones jump). An append costs O(1) a step, amortised; a read
 * costs O(1,024) whatever was recorded, and nothing when asked again.
 *
 * Memory: 1,024 buckets x 6 signals x 24 bytes = 144 KiB, allocated once, and for each signal the points of its last
 * read, at most 800.
 */
export class SeriesStore {
  readonly #sum = new Float64Array(capacity * width);
  readonly #min = new Float64Array(capacity * width);
  readonly #max = new Float64Array(capacity * width);
  readonly #count = new Uint32Array(capacity * width);
  readonly #reads = new Map<Signal, { readonly join: number; readonly points: readonly Point[] }>();
  #buckets = 0;
  #size = 1;
  #first: number | undefined;
  #last = 0;

  /** The first and last step recorded, or undefined while there is none. */
  get extent(): { readonly first: number; readonly last: number } | undefined {
    return this.#first === undefined ? undefined : { first: this.#first, last: this.#last };
  }

  /**
   * Records `count` steps, the last of which is `step`. How steps are split into calls changes nothing.
   *
   * Steps only grow; some may be missing (a run that goes on from a checkpoint). NaN and infinities are left out: a
   * side that did not move has NaN.
   *
   * @param rows at least `count` rows of `signals.length` values, oldest first
   * @throws RangeError if a step is not later than the last one recorded, or `rows` is too short; nothing is recorded
   */
  append(step: number, rows: Float32Array, count: number): void {
    if (count === 0) return;
    const from = step - count + 1;
    if (!Number.isSafeInteger(step) || !Number.isSafeInteger(count) || count < 0 || from < 0) {
      throw new RangeError(`not ${count} steps up to ${step}`);
    }
    if (rows.length < count * width) throw new RangeError(`${rows.length} values are not ${count} rows of ${width}`);
    if (this.#first !== undefined && from <= this.#last) {
      throw new RangeError(`step ${from} comes after step ${this.#last}`);
    }
    this.#first ??= from;
    for (let row = 0; row < count; row++) this.#add(from + row - this.#first, rows, row * width);
    this.#last = step;
    this.#reads.clear();
  }

  /** Forgets everything: a new run begins. */
  clear(): void {
    this.#wipe(0, this.#buckets);
    this.#buckets = 0;
    this.#size = 1;
    this.#first = undefined;
    this.#last = 0;
    this.#reads.clear();
  }

  /**
   * A signal's line, oldest point first, its steps growing. Buckets without a finite value have no point.
   * The same array comes back until something is appended or another number of points is asked for.
   *
   * @param points the most points wanted, at least 1; between half of that and that many are given once there are
   *   as many steps
   */
  read(signal: Signal, points = mostPoints): readonly Point[] {
    const most = Math.max(1, Math.min(points, capacity));
    let join = 1;
    while (Math.ceil(this.#buckets / join) > most) join *= 2;
    const known = this.#reads.get(signal);
    if (known?.join === join) return known.points;
    const line = this.#line(signalIndex(signal), join);
    this.#reads.set(signal, { join, points: line });
    return line;
  }

  /** @param offset steps since the first one */
  #add(offset: number, rows: Float32Array, at: number): void {
    while (Math.floor(offset / this.#size) >= capacity) this.#halve();
    const bucket = Math.floor(offset / this.#size);
    this.#buckets = bucket + 1;
    for (let column = 0; column < width; column++) {
      const value = rows[at + column] as number;
      if (Number.isFinite(value)) this.#put(bucket * width + column, value, value, value, 1);
    }
  }

  #put(cell: number, sum: number, min: number, max: number, count: number): void {
    const before = this.#count[cell] as number;
    this.#min[cell] = before === 0 ? min : Math.min(this.#min[cell] as number, min);
    this.#max[cell] = before === 0 ? max : Math.max(this.#max[cell] as number, max);
    this.#sum[cell] = (this.#sum[cell] as number) + sum;
    this.#count[cell] = before + count;
  }

  /** Joins buckets 2i and 2i + 1 into i. */
  #halve(): void {
    const half = Math.ceil(this.#buckets / 2);
    for (let to = 0; to < half; to++) {
      const cells = [2 * to, 2 * to + 1].map((from) => from * width);
      for (let column = 0; column < width; column++) {
        const [a, b] = cells.map((cell) => this.#cell(cell + column)) as [Cell, Cell];
        this.#wipe(to, to + 1, column);
        for (const { sum, min, max, count } of [a, b]) {
          if (count > 0) this.#put(to * width + column, sum, min, max, count);
        }
      }
    }
    this.#wipe(half, this.#buckets);
    this.#buckets = half;
    this.#size *= 2;
  }
}
