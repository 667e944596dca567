import { useMemo } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { bins, fullShare, type Spread, spreadOf } from './bench.ts';
import './bench.css';

interface Props {
  /** Across for a phone; else D rises from bottom to top between the sheets. */
  readonly lying?: boolean;
  readonly width: number;
  readonly height: number;
}

/** The axis is this thick. */
const spine = 4;
const air = 2;

/** One bar a bin, growing away from the axis; `at` and `length` turn it for either way of lying. */
function bars(
  spread: Spread,
  most: number,
  along: number,
  room: number,
  place: (at: number, length: number, thick: number) => string,
) {
  const pitch = along / bins;
  return spread.shares
    .map((share, bin) =>
      share === 0 ? '' : place(bin * pitch + 0.75, Math.max(1.5, Math.min(1, share / most) * room), pitch - 1.5),
    )
    .join('');
}

const round = (x: number) => Math.round(x * 10) / 10;
const rect = (x: number, y: number, w: number, h: number) =>
  `M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`;

/** One axis of D between the two sheets: fakes on one side, reals on the other, a tick at each mean. Overlap: D is fooled. */
export function Bench({ lying = false, width, height }: Props) {
  const { t, format } = useLocale();
  const generated = useDuel((state) => state.generated);
  const real = useDuel((state) => state.real);
  const fakes = useMemo(() => spreadOf(generated?.opinions ?? []), [generated]);
  const reals = useMemo(() => spreadOf(real?.opinions ?? []), [real]);
  const most = fullShare(fakes, reals);

  const label =
    fakes.count && reals.count
      ? t('bench.label', {
          fakes: fakes.count,
          fakeMean: format.fixed(fakes.mean, 2),
          reals: reals.count,
          realMean: format.fixed(reals.mean, 2),
        })
      : t('bench.empty');

  const middle = lying ? height / 2 : width / 2;
  const room = middle - spine / 2 - air;
  const near = middle - spine / 2 - air;
  const far = middle + spine / 2 + air;
  const fakePath = lying
    ? bars(fakes, most, width, room, (at, length, thick) => rect(at, near - length, thick, length))
    : bars(fakes, most, height, room, (at, length, thick) => rect(near - length, height - at - thick, length, thick));
  const realPath = lying
    ? bars(reals, most, width, room, (at, length, thick) => rect(at, far, thick, length))
    : bars(reals, most, height, room, (at, length, thick) => rect(far, height - at - thick, length, thick));
  const tick = (mean: number, from: number, to: number) => {
    if (Number.isNaN(mean)) return null;
    const at = lying ? mean * width : (1 - mean) * height;
    return lying ? <path d={`M${at} ${from}V${to}`} /> : <path d={`M${from} ${at}H${to}`} />;
  };
  const gradient = lying ? { x2: 1, y2: 0 } : { x2: 0, y2: 1 };
  const stops = ['--opinion-0', '--opinion-25', '--opinion-50', '--opinion-75', '--opinion-100'];
  const id = lying ? 'bench-lying' : 'bench-standing';

  return (
    <svg
      className="bench-plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <linearGradient id={id} x1={0} y1={0} {...gradient}>
          {(lying ? stops : stops.toReversed()).map((token, i) => (
            <stop key={token} offset={i / 4} style={{ stopColor: `var(${token})` }} />
          ))}
        </linearGradient>
      </defs>
      {lying ? (
        <rect y={middle - spine / 2} width={width} height={spine} rx={1.5} fill={`url(#${id})`} />
      ) : (
        <rect x={middle - spine / 2} width={spine} height={height} rx={1.5} fill={`url(#${id})`} />
      )}
      <path className="bench-fake" d={fakePath} />
      <path className="bench-real" d={realPath} />
      <g className="bench-mean">
        {tick(fakes.mean, 0, middle + spine / 2)}
        {tick(reals.mean, middle - spine / 2, lying ? height : width)}
      </g>
    </svg>
  );
}
