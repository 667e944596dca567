import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { pointsReach, reach } from '../../config/worlds.ts';
import { useLocale } from '../../i18n/react.tsx';
import { useTheme } from '../../ui/theme.ts';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import { useSize } from '../../ui/useSize.ts';
import { paletteOf } from '../plane/palette.ts';
import { projectionOf } from '../plane/projection.ts';
import { type Brush, begun, brushes, type Drawing, drawnOn, undone } from './drawing.ts';

interface Props {
  readonly drawing: Drawing;
  readonly brush: Brush;
  readonly onChange: (change: (drawing: Drawing) => Drawing) => void;
}

type XY = readonly [number, number];

const directions: Readonly<Record<string, XY>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A board to draw points on: the pointer drags the brush, arrow keys move it and Space stamps. */
export function DrawPad({ drawing, brush, onChange }: Props) {
  const { t, format } = useLocale();
  const pad = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width: side } = useSize(pad);
  const ratio = usePixelRatio();
  const theme = useTheme();
  const [at, setAt] = useState<XY>([0, 0]);
  const [byKey, setByKey] = useState(false);
  /** Where the last stamp of the stroke under way is. */
  const last = useRef<XY>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read from the tokens of the theme shown
  const palette = useMemo(() => paletteOf(), [theme]);
  const view = useMemo(() => projectionOf(reach, Math.max(1, side)), [side]);
  const radius = brushes[brush];

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || side === 0) return;
    const pixels = Math.round(side * ratio);
    context.canvas.width = pixels;
    context.canvas.height = pixels;
    context.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
    context.fillStyle = palette.real;
    for (const stroke of drawing.strokes) {
      for (let i = 0; i < stroke.length; i += 2) {
        context.fillRect(view.x(stroke[i] as number) - 1.5, view.y(stroke[i + 1] as number) - 1.5, 3, 3);
      }
    }
  }, [drawing, side, ratio, palette, view]);

  const placeOf = (event: PointerEvent): XY => {
    const box = event.currentTarget.getBoundingClientRect();
    return view.toPlane(event.clientX - box.left, event.clientY - box.top);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const here = placeOf(event);
    last.current = here;
    setAt(here);
    onChange((old) => begun(old, ...here, brush));
  };

  const onPointerMove = (event: PointerEvent) => {
    const here = placeOf(event);
    setAt(here);
    setByKey(false);
    const from = last.current;
    // A finger that rests, or moves less than the brush is wide, adds nothing.
    if (!from || Math.hypot(here[0] - from[0], here[1] - from[1]) < Math.max(0.04, radius / 2)) return;
    last.current = here;
    onChange((old) => drawnOn(old, ...here, brush));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directions[event.key];
    if (direction) {
      const step = event.shiftKey ? 0.02 : 0.1;
      const within = (x: number) => Math.round(Math.min(pointsReach, Math.max(-pointsReach, x)) * 100) / 100;
      setAt(([x, y]) => [within(x + direction[0] * step), within(y + direction[1] * step)]);
      setByKey(true);
    } else if (event.key === ' ') onChange((old) => begun(old, ...at, brush));
    else if (event.key === 'Backspace') onChange(undone);
    else return;
    event.preventDefault();
  };

  const [x, y] = at;
  const count = t('points.count', { n: drawing.count });
  return (
    <div
      ref={pad}
      className="draw-pad"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that draw
      tabIndex={0}
      aria-label={t('points.pad')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        last.current = undefined;
      }}
      onPointerCancel={() => {
        last.current = undefined;
      }}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} />
      <i
        className="brush"
        style={{
          left: view.x(x),
          top: view.y(y),
          width: view.x(2 * radius) - view.x(0),
          height: view.x(2 * radius) - view.x(0),
        }}
      />
      <span className="visually-hidden" role="status">
        {byKey && t('points.brushAt', { x: format.fixed(x, 2), y: format.fixed(y, 2), count })}
      </span>
    </div>
  );
}
