import type { Side } from './strips.ts';

/** The mark of a side, centred on a point: ring for D, circle for real, diamond for generated. In an SVG. */
export function Mark({ side, x, y, size = 4 }: { side: Side; x: number; y: number; size?: number }) {
  const place = `translate(${x} ${y})`;
  if (side === 'fake') {
    const d = `M0 ${-size - 0.5}L${size + 0.5} 0L0 ${size + 0.5}L${-size - 0.5} 0Z`;
    return <path className="chart-mark chart-fill-fake" transform={place} d={d} />;
  }
  const className = side === 'judge' ? 'chart-mark chart-ring' : 'chart-mark chart-fill-real';
  return <circle className={className} transform={place} r={side === 'judge' ? size - 0.75 : size} />;
}

/** The same mark beside a word. */
export function LegendMark({ side }: { side: Side }) {
  return (
    <svg className="chart-legend-mark" width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true">
      <Mark side={side} x={0} y={0} size={3.75} />
    </svg>
  );
}
