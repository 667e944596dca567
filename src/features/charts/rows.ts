import { mostPoints, type Point, type SeriesStore } from '../../state/series.ts';
import { type Axis, linearAxis, logAxis, type Span } from './scale.ts';
import { smooth } from './smooth.ts';
import type { StripSpec } from './strips.ts';

/** What a chart draws at one step. Both lines of a chart stand in one row; a line without values there has none. */
export interface Row {
  readonly step: number;
  /** What is drawn: smoothed, and on a log scale only what is positive. */
  line0?: number;
  line1?: number;
  band0?: readonly [number, number];
  band1?: readonly [number, number];
  /** What was measured: the mean of the bucket's steps. */
  mean0?: number;
  mean1?: number;
}

export interface Drawing {
  readonly rows: readonly Row[];
  readonly axis: Axis;
  /** On a log scale, whether values of 0 or less had to be left out. */
  readonly hidden: boolean;
}

export interface Look {
  /** Weight of the moving average, 0 to 0.99. */
  readonly smoothing: number;
  readonly log: boolean;
  /** Of the plot, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** A point for each pixel and a half: more cannot be told apart, and each costs. */
export function pointsFor(width: number): number {
  return Math.max(16, Math.min(mostPoints, Math.floor(width / 1.5)));
}

interface Line {
  readonly points: readonly Point[];
  readonly smoothed: readonly number[];
}

function spanOf(lines: readonly Line[], log: boolean): Span | undefined {
  const span = { lines: [Infinity, -Infinity] as [number, number], bands: [Infinity, -Infinity] as [number, number] };
  const widen = (range: [number, number], value: number) => {
    if (log && value <= 0) return;
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
  };
  for (const { points, smoothed } of lines) {
    points.forEach((point, i) => {
      widen(span.lines, smoothed[i] as number);
      widen(span.bands, point.min);
      widen(span.bands, point.max);
    });
  }
  if (span.lines[0] > span.lines[1]) return undefined;
  return span;
}

function axisOf(spec: StripSpec, span: Span | undefined, { log, height }: Look): Axis {
  const intervals = Math.max(2, Math.min(6, Math.round(height / 44)));
  if (spec.range) {
    const [low, high] = spec.range;
    return { log: false, domain: spec.range, ticks: [low, (low + high) / 2, high] };
  }
  const known = span ?? { lines: [0.1, 1], bands: [0.1, 1] };
  return (log ? logAxis : linearAxis)(known, intervals);
}

/** What a chart draws, from what was recorded. */
export function draw(series: SeriesStore, spec: StripSpec, look: Look): Drawing {
  const { log, smoothing, width } = look;
  const lines = spec.lines.map(({ signal }) => {
    const points = series.read(signal, pointsFor(width));
    return {
      points,
      smoothed: smooth(
        points.map((point) => point.mean),
        smoothing,
      ),
    };
  });
  const axis = axisOf(spec, spanOf(lines, log), look);
  const rows = new Map<number, Row>();
  let hidden = false;
  lines.forEach(({ points, smoothed }, index) => {
    const [line, band, mean] =
      index === 0 ? (['line0', 'band0', 'mean0'] as const) : (['line1', 'band1', 'mean1'] as const);
    points.forEach((point, i) => {
      let row = rows.get(point.step);
      if (!row) {
        row = { step: point.step };
        rows.set(point.step, row);
      }
      const drawn = smoothed[i] as number;
      row[mean] = point.mean;
      if (log && point.min <= 0) hidden = true;
      if (!log || drawn > 0) row[line] = drawn;
      // A band that reaches below 0 goes to the bottom of a log axis.
      if (!log || point.max > 0)
        row[band] = log && point.min <= 0 ? [axis.domain[0], point.max] : [point.min, point.max];
    });
  });
  const sorted = [...rows.values()].sort((a, b) => a.step - b.step);
  return { rows: sorted, axis, hidden };
}

/** The row of the bucket that a step lies in: the first that ends at it or later; past the end, the last. */
export function rowAt(rows: readonly Row[], step: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Row).step < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
