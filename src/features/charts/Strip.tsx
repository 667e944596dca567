import { type KeyboardEvent, type PointerEvent, type Ref, useId, useRef } from 'react';
import { useFormat, useT } from '../../i18n/react.tsx';
import type { Cursor } from './cursor.ts';
import { margin } from './geometry.ts';
import { Plot } from './Plot.tsx';
import { type Drawing, rowAt } from './rows.ts';
import { figureText, StripHead } from './StripHead.tsx';
import type { StripSpec } from './strips.ts';

/** What is said of the newest step. */
export interface Now {
  readonly step: number;
  readonly figures: readonly (number | undefined)[];
}

interface Props {
  readonly spec: StripSpec;
  readonly drawing: Drawing;
  readonly from: number;
  readonly to: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly cursor: Cursor | undefined;
  readonly setCursor: (cursor: Cursor | undefined) => void;
  readonly now: Now;
  /** The same, renewed seldom: a reader that speaks each change must not be made to speak several times a second. */
  readonly calm: Now;
  readonly plotRef?: Ref<HTMLDivElement> | undefined;
}

/** Rows that a key moves the cursor by. */
const moves: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** One chart: its head with figures, and its picture, over which mouse, finger and keys move the cursor of all. */
export function Strip({ spec, drawing, from, to, size, cursor, setCursor, now, calm, plotRef }: Props) {
  const t = useT();
  const format = useFormat();
  const keysId = useId();
  const before = useRef(cursor);
  const { rows } = drawing;
  const row = cursor && rows[rowAt(rows, cursor.step)];
  const figures = row ? [row.mean0, row.mean1] : now.figures;

  const moveTo = (index: number, pinned: boolean) => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (target && (target.step !== cursor?.step || pinned !== cursor.pinned)) setCursor({ step: target.step, pinned });
  };
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right);
    moveTo(rowAt(rows, from + Math.max(0, Math.min(1, share)) * (to - from)), event.pointerType !== 'mouse');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (move !== undefined) moveTo((cursor ? rowAt(rows, cursor.step) : rows.length - 1) + move, true);
    else if (event.key === 'Escape' && cursor) setCursor(undefined);
    else return;
    // Also keeps Escape from closing the full screen before the cursor is gone.
    event.preventDefault();
    event.stopPropagation();
  };

  const text = (values: readonly (number | undefined)[]) =>
    spec.lines.map(({ name }, i) => `${name} ${figureText(values[i], format)}`).join(', ');
  const valueText = row
    ? t('charts.then', { step: row.step, figures: text(figures) })
    : t('charts.now', { step: calm.step, figures: text(calm.figures) });

  return (
    <div className="strip">
      <StripHead spec={spec} figures={figures} />
      <div
        ref={plotRef}
        className="strip-plot"
        role="slider"
        tabIndex={0}
        aria-label={t('charts.plot', { chart: t(spec.title) })}
        aria-describedby={keysId}
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={row ? row.step : calm.step}
        aria-valuetext={valueText}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.pointerType === 'mouse') return;
          before.current = cursor;
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={follow}
        // The finger turned out to scroll the page.
        onPointerCancel={() => setCursor(before.current)}
        onPointerLeave={() => !cursor?.pinned && setCursor(undefined)}
      >
        {size.width > 0 && <Plot spec={spec} rows={rows} axis={drawing.axis} from={from} to={to} {...size} />}
        {drawing.hidden && <p className="strip-note">{t('charts.hidden')}</p>}
      </div>
      <span id={keysId} className="signals-hidden">
        {t('charts.keys')}
      </span>
    </div>
  );
}
