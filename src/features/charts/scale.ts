/** An axis: what it spans, and where its lines are drawn. */
export interface Axis {
  readonly log: boolean;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

export function sameAxis(a: Axis, b: Axis): boolean {
  const ends = (axis: Axis) => [...axis.domain, ...axis.ticks].join(' ');
  return a.log === b.log && ends(a) === ends(b);
}

/** What a chart's lines span, and what their bands of least to greatest do. */
export interface Span {
  readonly lines: readonly [number, number];
  readonly bands: readonly [number, number];
}

/** The least of `factors` times a power of ten, or the next power, that is not less than `x` > 0. */
export function niceStep(x: number, factors: readonly number[] = [1, 2, 5]): number {
  const power = 10 ** Math.floor(Math.log10(x) + 1e-9);
  const factor = factors.find((one) => one * power >= x * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(3));
}

/** Multiples of `step` from `from` to `to`, without the dust that adding up leaves. */
function multiples(step: number, from: number, to: number): number[] {
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * A linear axis from 0 (or below it, where values are) over the lines. The bands get half as much room again at most:
 * one wild step must not flatten everything else. The ends are halves of a tick's step, so that the axis stays where it is
 * while values move a little.
 *
 * @param intervals about how many there is room for
 */
export function linearAxis({ lines, bands }: Span, intervals: number): Axis {
  const high = Math.max(0, lines[1], Math.min(bands[1], 1.5 * lines[1]));
  const low = Math.min(0, lines[0], Math.max(bands[0], 1.5 * lines[0]));
  const step = niceStep((high - low || 1) / Math.max(1, intervals));
  const half = step / 2;
  const top = Math.ceil(high / half - 1e-9) * half;
  const bottom = Math.floor(low / half + 1e-9) * half;
  const domain = [bottom, top > bottom ? top : bottom + step] as const;
  return { log: false, domain, ticks: multiples(step, ...domain) };
}

/**
 * A log axis, its ends at 1, 2 or 5 times a power of ten, over the lines and up to a decade more of the bands.
 *
 * @param span of the positive values only
 * @param intervals about how many there is room for
 */
export function logAxis({ lines, bands }: Span, intervals: number): Axis {
  const high = niceStep(Math.min(Math.max(bands[1], lines[1]), 10 * lines[1]));
  const low = 1 / niceStep(1 / Math.max(Math.min(bands[0], lines[0]), lines[0] / 10));
  const bottom = low < high ? low : low / 10;
  const [from, to] = [Math.floor(Math.log10(bottom) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const decades = Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`));
  const inside = (x: number) => x >= bottom * (1 - 1e-9) && x <= high * (1 + 1e-9);
  const whole = decades.filter(inside);
  const fine = decades
    .flatMap((decade) => [1, 2, 5].map((one) => Number((one * decade).toPrecision(3))))
    .filter(inside);
  // A lone power of ten would name no scale.
  const roomy = fine.length <= intervals + 2;
  const ticks = whole.length >= 3 || (whole.length === 2 && !roomy) ? whole : fine;
  const every = Math.max(1, Math.ceil(ticks.length / (intervals + 1)));
  return { log: true, domain: [bottom, high], ticks: ticks.filter((_, i) => i % every === 0) };
}

/** Steps to name on an axis from `from` to `to`: multiples of a round number of whole steps. */
export function stepTicks(from: number, to: number, intervals: number): number[] {
  const least = (to - from) / Math.max(1, intervals);
  return multiples(least <= 1 ? 1 : niceStep(least, least > 10 ? [1, 2, 2.5, 4, 5] : [1, 2, 5]), from, to);
}
