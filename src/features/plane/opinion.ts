import type { Field } from '../../worker/protocol.ts';

/** How D's values over the plane become shades and level lines. */
export interface Scale {
  /** 0: as fake as it gets; 0.5: neither; 1: as real. NaN for a value that is none. */
  readonly shade: (value: number) => number;
  readonly levels: readonly Level[];
}

export interface Level {
  readonly value: number;
  /** What is written on the line: a probability, or D's own figure. */
  readonly shown: number;
  /** Where D cannot tell. */
  readonly even: boolean;
}

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const probabilities: readonly Level[] = [0.25, 0.5, 0.75].map((p) => ({
  value: Math.log(p / (1 - p)),
  shown: p,
  even: p === 0.5,
}));

/** Levels of a critic: three or four round figures between what it says at most and at least. */
function roundLevels(low: number, high: number): Level[] {
  const rough = (high - low) / 4;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((round) => round * decade >= rough) ?? 10) * decade;
  const first = Math.floor(low / step) + 1;
  const count = Math.max(0, Math.ceil(high / step) - first);
  return Array.from({ length: count }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(6));
    return { value, shown: value, even: false };
  });
}

/** The value below which a share of the field lies. */
function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

/**
 * Where a logit means a probability, its sigmoid, with lines at a quarter, a half and three quarters. Otherwise only
 * differences count: shades go from the least to the most that D says anywhere, the outermost 2 % of the plane aside.
 */
export function scaleOf({ values, probability }: Pick<Field, 'values' | 'probability'>): Scale {
  if (probability) return { shade: sigmoid, levels: probabilities };
  const sorted = values.filter(Number.isFinite).sort();
  const [low, high] = [quantile(sorted, 0.02), quantile(sorted, 0.98)];
  const range = high - low;
  const shade = (value: number) =>
    Number.isNaN(value) ? Number.NaN : range > 0 ? Math.min(1, Math.max(0, (value - low) / range)) : 0.5;
  return { shade, levels: roundLevels(low, high) };
}

/** D at a place of the plane, between the middles of the cells around it; at the rim what the rim has. */
export function valueAt({ values, k, extent }: Field, x: number, y: number): number {
  const place = (at: number, low: number, high: number) =>
    Math.min(k - 1, Math.max(0, ((at - low) / (high - low)) * k - 0.5));
  const [column, row] = [place(x, extent.xMin, extent.xMax), place(y, extent.yMin, extent.yMax)];
  const [left, below] = [Math.min(k - 2, Math.floor(column)), Math.min(k - 2, Math.floor(row))];
  const [across, up] = [column - left, row - below];
  const at = (dx: number, dy: number) => values[(below + dy) * k + left + dx] as number;
  const low = at(0, 0) * (1 - across) + at(1, 0) * across;
  const high = at(0, 1) * (1 - across) + at(1, 1) * across;
  return low * (1 - up) + high * up;
}
