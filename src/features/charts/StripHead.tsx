import { useFormat, useT } from '../../i18n/react.tsx';
import { LegendMark } from './Mark.tsx';
import type { StripSpec } from './strips.ts';
import { toggleLog, useView } from './view.ts';

/** Name of a chart, its scale, and its legend, which carries the figures. */
export function StripHead({ spec, figures }: { spec: StripSpec; figures: readonly (number | undefined)[] }) {
  const t = useT();
  const format = useFormat();
  const log = useView((view) => view.log.has(spec.id));
  return (
    <div className="strip-head">
      <h3>{t(spec.title)}</h3>
      {!spec.range && (
        <button
          type="button"
          className="strip-log"
          aria-pressed={log}
          aria-label={t('charts.log.label', { chart: t(spec.title) })}
          onClick={() => toggleLog(spec.id)}
        >
          {t('charts.log')}
        </button>
      )}
      <span className="strip-legends">
        {spec.lines.map(({ signal, side, name }, i) => (
          <span key={signal} className="strip-legend">
            <LegendMark side={side} />
            {name}
            <b>{figureText(figures[i], format)}</b>
          </span>
        ))}
      </span>
    </div>
  );
}

/** Three digits; a value that has blown up is written with its exponent, so that it keeps its place. */
export function figureText(value: number | undefined, format: ReturnType<typeof useFormat>): string {
  if (value === undefined) return '–';
  return Math.abs(value) >= 100_000 ? value.toExponential(2).replace('+', '') : format.figure(value);
}
