import { createContext, use } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { shareOf } from './geometry.ts';
import type { Row } from './rows.ts';

/** What a plot shows: the part that changes with every redraw. */
export interface Plotted {
  readonly rows: readonly Row[];
  /** The ends of the axis of steps. */
  readonly from: number;
  readonly to: number;
}

export const PlottedContext = createContext<Plotted>({ rows: [], from: 0, to: 1 });

/** Tenths of a pixel: finer is not seen, and longer paths take longer to read. */
const round = (pixels: number) => Math.round(pixels * 10) / 10;

/** The plot's rectangle and the pixels of a step and of a value in it; undefined until recharts has laid it out. */
export function usePlaces() {
  const { rows, from, to } = use(PlottedContext);
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (!area || !xScale || !yScale) return undefined;
  const bottom = area.y + area.height;
  // recharts hands on a new scale one render late; until then a log one may be asked for 0.
  const y = (value: number) => {
    const at = yScale(value);
    return at !== undefined && Number.isFinite(at) ? round(at) : bottom;
  };
  return {
    rows,
    left: area.x,
    right: area.x + area.width,
    top: area.y,
    bottom,
    x: (step: number) => round(xScale(shareOf(step, from, to)) ?? area.x),
    y,
    /** Like `y`, but held inside: for a mark of a value that lies beyond the axis. */
    held: (value: number) => Math.max(area.y, Math.min(bottom, y(value))),
  };
}
