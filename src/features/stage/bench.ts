/** What the bench shows of one side. */
export interface Spread {
  /** Share of the samples in each bin, from D = 0 up. */
  readonly shares: readonly number[];
  readonly mean: number;
  readonly count: number;
}

export const bins = 28;

/** Sorts D's opinions, 0 to 1, into equal bins. Values that are no number are left out. */
export function spreadOf(opinions: ArrayLike<number>): Spread {
  const counts = new Array<number>(bins).fill(0);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < opinions.length; i++) {
    const opinion = opinions[i] as number;
    if (Number.isNaN(opinion)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(opinion * bins)));
    counts[bin] = (counts[bin] as number) + 1;
    sum += opinion;
    count++;
  }
  return {
    shares: counts.map((n) => (count === 0 ? 0 : n / count)),
    mean: count === 0 ? Number.NaN : sum / count,
    count,
  };
}

/** Of the samples in one bin: more is drawn as full. A side that D is sure of must not flatten the other. */
const full = 0.4;

/** The share that is drawn as long as there is room. Never so small that a spread as wide as the axis would fill it. */
export function fullShare(...spreads: readonly Spread[]): number {
  return Math.min(full, Math.max(4 / bins, ...spreads.flatMap((spread) => spread.shares)));
}
