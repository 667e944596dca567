import { useId } from 'react';
import { Curve } from 'recharts';
import { Mark } from './Mark.tsx';
import { usePlaces } from './plotted.ts';
import type { StripSpec } from './strips.ts';

const keys = [
  ['line0', 'band0'],
  ['line1', 'band1'],
] as const;

/**
 * The bands from least to greatest, the lines over them, and a mark at the end of each, which says without colour
 * which is which. A side that did not move for some steps is bridged.
 */
export function Lines({ spec }: { spec: StripSpec }) {
  const places = usePlaces();
  const clip = useId();
  if (!places) return null;
  const { rows, left, right, top, bottom, x, y, held } = places;
  const lines = spec.lines.map(({ side }, i) => {
    const [line, band] = keys[i] as (typeof keys)[number];
    const upper: Place[] = [];
    const lower: Place[] = [];
    const middle: Place[] = [];
    for (const row of rows) {
      const at = x(row.step);
      const range = row[band];
      const value = row[line];
      if (range) {
        lower.push({ x: at, y: y(range[0]) });
        upper.push({ x: at, y: y(range[1]) });
      }
      if (value !== undefined) middle.push({ x: at, y: y(value) });
    }
    const flat = upper.every((place, at) => place.y === lower[at]?.y);
    return { side, flat, upper, lower, middle, last: rows.findLast((row) => row[line] !== undefined), line };
  });
  return (
    <>
      <clipPath id={clip}>
        <rect x={left - 1} y={top - 1} width={right - left + 2} height={bottom - top + 2} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {lines.map(({ side, flat, upper, lower }) => (
          <Curve
            key={side}
            className={`chart-band chart-band-${side}${flat ? ' chart-band-flat' : ''}`}
            points={[...upper, ...lower.toReversed()]}
          />
        ))}
        {lines.map(({ side, middle }) => (
          <Curve key={side} className={`chart-line chart-line-${side}`} points={middle} />
        ))}
      </g>
      {lines.map(({ side, last, line }) => {
        return last && <Mark key={side} side={side} x={x(last.step)} y={held(last[line] as number)} />;
      })}
    </>
  );
}

type Place = { x: number; y: number };
