import { useMemo } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import type { DiracView } from '../../worker/protocol.ts';
import { usePlaneLook } from './layers.ts';
import { type Projection, projectionOf, ticksOf } from './projection.ts';

interface Props {
  /** Edge in CSS pixels. */
  readonly side: number;
  readonly view: DiracView;
  readonly stale: boolean;
  readonly describedBy: string;
}

const round = (x: number) => Math.round(x * 10) / 10;

/** A small arrow in each cell, the way a step goes there; longer where it goes further. */
function flowPath({ flow, k, extent }: DiracView, at: Projection): string {
  const cell = at.side / k;
  let most = 0;
  for (let i = 0; i < flow.length; i += 2) most = Math.max(most, Math.hypot(flow[i] as number, flow[i + 1] as number));
  if (!(most > 0)) return '';
  let path = '';
  for (let i = 0; i < k * k; i++) {
    const [dx, dy] = [flow[2 * i] as number, -(flow[2 * i + 1] as number)];
    const size = Math.hypot(dx, dy);
    const length = cell * 0.75 * Math.sqrt(size / most);
    if (!(length > 1.5)) continue;
    const [ux, uy] = [dx / size, dy / size];
    const x = at.x(extent.xMin + (((i % k) + 0.5) * (extent.xMax - extent.xMin)) / k) - (ux * length) / 2;
    const y = at.y(extent.yMin + ((Math.floor(i / k) + 0.5) * (extent.yMax - extent.yMin)) / k) - (uy * length) / 2;
    path += arrow(x, y, ux, uy, length, Math.min(4, length * 0.45));
  }
  return path;
}

function arrow(x: number, y: number, ux: number, uy: number, length: number, head: number): string {
  const [tx, ty] = [x + ux * length, y + uy * length];
  const [ax, ay] = [tx - head * (ux * 0.87 - uy * 0.5), ty - head * (uy * 0.87 + ux * 0.5)];
  const [bx, by] = [tx - head * (ux * 0.87 + uy * 0.5), ty - head * (uy * 0.87 - ux * 0.5)];
  return `M${round(x)} ${round(y)}L${round(tx)} ${round(ty)}M${round(ax)} ${round(ay)}L${round(tx)} ${round(ty)}L${round(bx)} ${round(by)}`;
}

/** Pixels between arrow heads along the trail. */
const betweenHeads = 90;

/** The trail as a line, and heads along it that say which way it was gone. */
export function trailPaths(trail: Float32Array, at: Projection): { line: string; heads: string } {
  let [line, heads, gone] = ['', '', betweenHeads / 2];
  for (let i = 0; i < trail.length; i += 2) {
    const [x, y] = [at.x(trail[i] as number), at.y(trail[i + 1] as number)];
    line += `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`;
    if (i === 0) continue;
    const [dx, dy] = [x - at.x(trail[i - 2] as number), y - at.y(trail[i - 1] as number)];
    const length = Math.hypot(dx, dy);
    gone += length;
    if (gone < betweenHeads || length === 0) continue;
    gone = 0;
    heads += arrow(x, y, dx / length, dy / length, 0, 7);
  }
  return { line, heads };
}

/** DiracGAN's two numbers against each other: where the run has been, where every step leads, and the equilibrium. */
export function DiracBoard({ side, view, stale, describedBy }: Props) {
  const { t, format } = useLocale();
  const layers = usePlaneLook((look) => look.layers);
  const at = useMemo(() => projectionOf(view.extent.xMax, side), [view.extent.xMax, side]);
  const flow = useMemo(() => flowPath(view, at), [view, at]);
  const { line, heads } = useMemo(() => trailPaths(view.trail, at), [view.trail, at]);
  const ticks = ticksOf(at.extent).filter((tick) => Math.abs(tick) < at.extent * 0.98);
  const [x, y, zero] = [at.x(view.theta), at.y(view.psi), side / 2];
  const figure = (value: number) => format.setting(value);
  return (
    <svg
      className="plane-board dirac"
      data-stale={stale || undefined}
      width={side}
      height={side}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={t('dirac.board')}
      aria-describedby={describedBy}
    >
      <path className="dirac-axes" d={`M0 ${zero}H${side}M${zero} 0V${side}`} />
      {layers.flow && <path className="dirac-flow" d={flow} />}
      {ticks.map((tick) => (
        <g key={tick} className="dirac-tick">
          <path d={`M${at.x(tick)} ${side}v-5M0 ${at.y(tick)}h5`} />
          <text x={at.x(tick)} y={side - 8} textAnchor="middle">
            {figure(tick)}
          </text>
          <text x={8} y={at.y(tick) + 4}>
            {figure(tick)}
          </text>
        </g>
      ))}
      <text className="dirac-name" x={side - 10} y={zero - 8} textAnchor="end">
        {t('dirac.axis.theta')}
      </text>
      <text className="dirac-name" x={zero + 10} y={18}>
        {t('dirac.axis.psi')}
      </text>
      {layers.path && (
        <>
          <path className="dirac-trail" d={line} />
          <path className="dirac-heads" d={heads} />
        </>
      )}
      <g className="dirac-goal">
        <circle cx={zero} cy={zero} r={7} />
        <path d={`M${zero - 11} ${zero}h22M${zero} ${zero - 11}v22`} />
        <text x={zero + 14} y={zero + 18}>
          {t('dirac.equilibrium')}
        </text>
      </g>
      <circle className="dirac-now" cx={x} cy={y} r={6} />
    </svg>
  );
}

/** The world itself, a line: the reals at 0, the fakes at theta, and D's slope over it. */
export function DiracLine({ view, width }: { readonly view: DiracView; readonly width: number }) {
  const { t } = useLocale();
  const [height, middle] = [72, 36];
  const at = (x: number) => width / 2 + (x / view.extent.xMax) * (width / 2 - 8);
  // D's score of x is -psi x, the sign of the paper.
  const tilt = (-view.psi / view.extent.yMax) * (middle - 6);
  return (
    <figure className="dirac-line">
      <figcaption className="caption">{t('dirac.line')}</figcaption>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path className="dirac-axes" d={`M0 ${middle}H${width}`} />
        <path className="sign-line" d={`M8 ${middle + tilt}L${width - 8} ${middle - tilt}`} />
        <circle className="sign-real" cx={at(0)} cy={middle} r={4.5} />
        <path className="sign-fake" d={`M${at(view.theta)} ${middle - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`} />
      </svg>
    </figure>
  );
}
