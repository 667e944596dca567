import { type Signal, signalIndex, signals } from '../config/signals.ts';

/** A point of a drawn line: one bucket of neighbouring steps. */
export interface Point {
  /** The last step of the bucket; in the newest bucket, the last step recorded. Points of one bucket share it. */
  readonly step: number;
  /** Of the finite values in the bucket. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** How many finite values those are, at least 1. */
  readonly count: number;
}

/** As many points as a line is ever drawn with. */
export const mostPoints = 800;

const capacity = 1024;
const width = signals.length;

/**
 * Every step's signals in bounded memory.
 *
 * Steps go into buckets of 2^k steps, counted from the first step recorded; a bucket holds the count, sum, least and
 * greatest of its finite values. Once all 1,024 are taken, neighbours are joined in pairs and k grows by one. So an
 * edge between buckets never moves, and what is drawn of the past stays where it is (LTTB, which picks its points anew
 * as data grow, makes old ones jump).
 *
 * An append costs O(1) a step, amortised, and a read O(1,024) whatever was recorded, or nothing when asked again.
 * Memory: 1,024 buckets x 8 signals x 20 bytes = 160 KiB, allocated once, and the points of each signal's last read.
 */
export class SeriesStore {
  readonly #sum = new Float64Array(capacity * width);
  readonly #min = new Float32Array(capacity * width);
  readonly #max = new Float32Array(capacity * width);
  readonly #count = new Uint32Array(capacity * width);
  readonly #reads = new Map<Signal, { readonly join: number; readonly line: readonly Point[] }>();
  #buckets = 0;
  /** Steps in a bucket, a power of two. */
  #span = 1;
  #first: number | undefined;
  #last = 0;

  /** The first and the last step recorded. */
  get extent(): { readonly first: number; readonly last: number } | undefined {
    return this.#first === undefined ? undefined : { first: this.#first, last: this.#last };
  }

  /**
   * Records `count` steps, of which `step` is the last. How the steps are split into calls makes no difference.
   * Steps grow; some may be missing. NaN (a side that did not move) and infinities are left out.
   *
   * @param rows `count` rows of `signals.length` values, oldest first; more may follow
   * @throws RangeError when a step is not later than the last one, or `rows` is too short; nothing is recorded then
   */
  append(step: number, rows: Float32Array, count: number): void {
    const from = step - count + 1;
    if (!Number.isSafeInteger(step) || !Number.isSafeInteger(count) || count < 0 || from < 0) {
      throw new RangeError(`there are no ${count} steps up to ${step}`);
    }
    if (rows.length < count * width) throw new RangeError(`${rows.length} values do not fill ${count} steps`);
    if (count === 0) return;
    if (this.#first !== undefined && from <= this.#last) {
      throw new RangeError(`step ${from} cannot follow step ${this.#last}`);
    }
    this.#first ??= from;
    for (let row = 0; row < count; row++) this.#add(from + row - this.#first, rows, row * width);
    this.#last = step;
    this.#reads.clear();
  }

  /** Forgets everything: a new run begins. */
  clear(): void {
    this.#sum.fill(0);
    this.#count.fill(0);
    this.#reads.clear();
    this.#buckets = 0;
    this.#span = 1;
    this.#first = undefined;
    this.#last = 0;
  }

  /**
   * A signal's line, oldest point first, steps growing. A bucket without a finite value has no point. The same array
   * comes back until something is appended or a different number of points is asked for.
   *
   * @param points the most points wanted, at least 1; more than half as many come once there are as many steps
   */
  read(signal: Signal, points = mostPoints): readonly Point[] {
    let join = 1;
    while (Math.ceil(this.#buckets / join) > Math.max(1, points)) join *= 2;
    const known = this.#reads.get(signal);
    if (known?.join === join) return known.line;
    const line = this.#line(signalIndex(signal), join);
    this.#reads.set(signal, { join, line });
    return line;
  }

  /** Adds a step's values to their bucket. @param offset steps since the first one @param at where the row begins */
  #add(offset: number, rows: Float32Array, at: number): void {
    while (offset >= capacity * this.#span) this.#halve();
    const bucket = Math.floor(offset / this.#span);
    this.#buckets = bucket + 1;
    for (let column = 0; column < width; column++) {
      const value = rows[at + column] as number;
      if (Number.isFinite(value)) this.#put(bucket * width + column, value, value, value, 1);
    }
  }

  #put(cell: number, sum: number, min: number, max: number, count: number): void {
    const fresh = this.#count[cell] === 0;
    this.#min[cell] = fresh ? min : Math.min(this.#min[cell] as number, min);
    this.#max[cell] = fresh ? max : Math.max(this.#max[cell] as number, max);
    this.#sum[cell] = (this.#sum[cell] as number) + sum;
    this.#count[cell] = (this.#count[cell] as number) + count;
  }

  /** Joins buckets 2i and 2i + 1 to bucket i. */
  #halve(): void {
    const cells = this.#buckets * width;
    for (let from = 0; from < cells; from++) {
      const bucket = Math.floor(from / width);
      const to = (bucket >> 1) * width + (from % width);
      if (to === from) continue;
      const count = this.#count[from] as number;
      const sum = this.#sum[from] as number;
      this.#count[from] = 0;
      this.#sum[from] = 0;
      if (count > 0) this.#put(to, sum, this.#min[from] as number, this.#max[from] as number, count);
    }
    this.#buckets = Math.ceil(this.#buckets / 2);
    this.#span *= 2;
  }

  #line(column: number, join: number): Point[] {
    const line: Point[] = [];
    for (let bucket = 0; bucket < this.#buckets; bucket += join) {
      const end = Math.min(bucket + join, this.#buckets);
      let [sum, min, max, count] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
      for (let cell = bucket * width + column; cell < end * width; cell += width) {
        if (this.#count[cell] === 0) continue;
        sum += this.#sum[cell] as number;
        min = Math.min(min, this.#min[cell] as number);
        max = Math.max(max, this.#max[cell] as number);
        count += this.#count[cell] as number;
      }
      const step = Math.min((this.#first ?? 0) + (bucket + join) * this.#span - 1, this.#last);
      if (count > 0) line.push({ step, mean: sum / count, min, max, count });
    }
    return line;
  }
}
