import { memo, use } from 'react';
import { Area, ComposedChart, Line, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts';
import { useFormat, useT } from '../../i18n/react.tsx';
import { CursorContext } from './cursor.ts';
import { margin } from './geometry.ts';
import { Mark } from './Mark.tsx';
import { type Row, rowAt } from './rows.ts';
import type { Axis } from './scale.ts';
import type { StripSpec } from './strips.ts';

const lineKeys = ['line0', 'line1'] as const;
const bandKeys = ['band0', 'band1'] as const;
const meanKeys = ['mean0', 'mean1'] as const;

interface Props {
  readonly spec: StripSpec;
  readonly rows: readonly Row[];
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The picture of a strip. recharts draws lines and bands; the rest (grid, guide, marks, cursor) is a few elements of our
 * own on its scales, since its axes, dots and tooltip measure and draw far more than a strip needs ten times a second.
 */
export const Plot = memo(function Plot({ spec, rows, axis, from, to, width, height }: Props) {
  return (
    <ComposedChart
      width={width}
      height={height}
      data={rows as Row[]}
      margin={margin}
      accessibilityLayer={false}
      className="chart-plot"
    >
      <XAxis dataKey="step" type="number" domain={[from, to]} allowDataOverflow hide />
      <YAxis
        type="number"
        domain={axis.domain as [number, number]}
        scale={axis.log ? 'log' : 'linear'}
        allowDataOverflow
        hide
      />
      <Grid axis={axis} guide={spec.guide?.value} />
      {spec.lines.map((line, i) => (
        <Area
          key={`band ${line.signal}`}
          dataKey={bandKeys[i] as string}
          className={`chart-band chart-band-${line.side}`}
          type="linear"
          stroke="none"
          connectNulls
          isAnimationActive={false}
          activeDot={false}
        />
      ))}
      {spec.lines.map((line, i) => (
        <Line
          key={line.signal}
          dataKey={lineKeys[i] as string}
          className={`chart-line chart-line-${line.side}`}
          type="linear"
          dot={false}
          connectNulls
          isAnimationActive={false}
          activeDot={false}
        />
      ))}
      <Ends spec={spec} rows={rows} />
      <CursorMark spec={spec} rows={rows} />
    </ComposedChart>
  );
});

function Grid({ axis, guide }: { axis: Axis; guide: number | undefined }) {
  const area = usePlotArea();
  const y = useYAxisScale();
  const format = useFormat();
  if (!area || !y) return null;
  const across = (at: number) => `M${area.x} ${at.toFixed(1)}h${area.width}`;
  const name = (tick: number) =>
    Math.abs(tick) >= 10_000 ? tick.toExponential(0).replace('+', '') : format.setting(tick);
  const guideAt = guide === undefined ? undefined : y(guide);
  return (
    <>
      {axis.ticks.map((tick) => {
        const at = y(tick) ?? 0;
        return (
          <g key={tick}>
            <path className={tick === axis.domain[0] ? 'chart-axis' : 'chart-grid'} d={across(at)} />
            <text className="chart-tick" x={area.x - 6} y={at} dy="0.35em" textAnchor="end">
              {name(tick)}
            </text>
          </g>
        );
      })}
      {guideAt !== undefined && guideAt >= area.y && guideAt <= area.y + area.height && (
        <path className="chart-guide" d={across(guideAt)} />
      )}
    </>
  );
}

/** A mark at the end of each line: which is which, without colour. */
function Ends({ spec, rows }: Pick<Props, 'spec' | 'rows'>) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const area = usePlotArea();
  if (!x || !y || !area) return null;
  return spec.lines.map(({ signal, side }, i) => {
    const key = lineKeys[i] as 'line0' | 'line1';
    const last = rows.findLast((row) => row[key] !== undefined);
    if (!last) return null;
    const at = y(last[key]) ?? 0;
    return <Mark key={signal} side={side} x={x(last.step) ?? 0} y={clamp(at, area.y, area.y + area.height)} />;
  });
}

function CursorMark({ spec, rows }: Pick<Props, 'spec' | 'rows'>) {
  const cursor = use(CursorContext);
  const x = useXAxisScale();
  const y = useYAxisScale();
  const area = usePlotArea();
  const t = useT();
  const row = cursor && rows[rowAt(rows, cursor.step)];
  if (!row || !x || !y || !area) return null;
  const at = x(row.step) ?? 0;
  const [top, bottom] = [area.y, area.y + area.height];
  const guideAt = spec.guide && y(spec.guide.value);
  // The words stand on the side that the cursor is not on.
  const left = at > area.x + area.width / 2;
  return (
    <>
      {spec.guide && guideAt !== undefined && guideAt >= top && guideAt <= bottom && (
        <text
          className="chart-guide-text"
          x={left ? area.x + 3 : area.x + area.width - 3}
          y={guideAt - 4 < top + 10 ? guideAt + 12 : guideAt - 4}
          textAnchor={left ? 'start' : 'end'}
        >
          {t(spec.guide.text)}
        </text>
      )}
      <path className="chart-cursor" d={`M${at.toFixed(1)} ${top}V${bottom}`} />
      {spec.lines.map(({ signal, side }, i) => {
        const mean = row[meanKeys[i] as 'mean0' | 'mean1'];
        const there = mean === undefined ? undefined : y(mean);
        if (there === undefined || !Number.isFinite(there)) return null;
        return <Mark key={signal} side={side} x={at} y={clamp(there, top, bottom)} />;
      })}
    </>
  );
}

const clamp = (x: number, low: number, high: number) => Math.max(low, Math.min(high, x));
