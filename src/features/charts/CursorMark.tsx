import { use } from 'react';
import { useT } from '../../i18n/react.tsx';
import { CursorContext } from './cursor.ts';
import { Mark } from './Mark.tsx';
import { usePlaces } from './plotted.ts';
import { rowAt } from './rows.ts';
import type { StripSpec } from './strips.ts';

const keys = ['mean0', 'mean1'] as const;

/** The cursor in one plot, the measured values on it, and what the dashed line means. */
export function CursorMark({ spec }: { spec: StripSpec }) {
  const cursor = use(CursorContext);
  const places = usePlaces();
  const t = useT();
  const row = cursor && places?.rows[rowAt(places.rows, cursor.step)];
  if (!row) return null;
  const { left, right, top, bottom, x, y, held } = places;
  const at = x(row.step);
  const { guide } = spec;
  // The words stand on the side where the cursor is not.
  const start = at > (left + right) / 2;
  return (
    <>
      {guide && y(guide.value) >= top && y(guide.value) <= bottom && (
        <text
          className="chart-guide-text"
          x={start ? left + 3 : right - 3}
          y={y(guide.value) + (y(guide.value) < top + 14 ? 12 : -4)}
          textAnchor={start ? 'start' : 'end'}
        >
          {t(guide.text)}
        </text>
      )}
      <path className="chart-cursor" d={`M${at} ${top}V${bottom}`} />
      {spec.lines.map(({ signal, side }, i) => {
        const mean = row[keys[i] as (typeof keys)[number]];
        if (mean === undefined) return null;
        return <Mark key={signal} side={side} x={at} y={held(mean)} />;
      })}
    </>
  );
}
