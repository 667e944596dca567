import { useFormat } from '../../i18n/react.tsx';
import { usePlaces } from './plotted.ts';
import type { Axis } from './scale.ts';

/** The lines at the ticks of the values, their figures, and the value to compare with. */
export function Grid({ axis, guide }: { axis: Axis; guide: number | undefined }) {
  const places = usePlaces();
  const format = useFormat();
  if (!places) return null;
  const { left, right, top, bottom, y } = places;
  const across = (value: number) => `M${left} ${y(value)}H${right}`;
  // There is room for four characters.
  const name = (tick: number) => {
    if (Math.abs(tick) >= 1e6) return tick.toExponential(0).replace('+', '');
    return Math.abs(tick) >= 1000 ? `${format.setting(tick / 1000)}k` : format.setting(tick);
  };
  return (
    <>
      {axis.ticks.map((tick) => (
        <g key={tick}>
          {y(tick) !== bottom && <path className="chart-grid" d={across(tick)} />}
          <text x={left - 6} y={y(tick)} dy="0.35em" textAnchor="end">
            {name(tick)}
          </text>
        </g>
      ))}
      <path className="chart-axis" d={`M${left} ${bottom}H${right}`} />
      {guide !== undefined && y(guide) >= top && y(guide) <= bottom && (
        <path className="chart-guide" d={across(guide)} />
      )}
    </>
  );
}
