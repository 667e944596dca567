import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { useTheme } from '../../ui/theme.ts';
import { useMedia } from '../../ui/useMedia.ts';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { CloudView } from '../../worker/protocol.ts';
import { useCoverage } from './coverage.ts';
import { drawPlane, type Scene } from './draw.ts';
import { usePlaneLook } from './layers.ts';
import { between, type Memory, noMemory, remembered } from './memory.ts';
import { ProbeTip } from './ProbeTip.tsx';
import { paletteOf } from './palette.ts';
import { hopped, moved, type Place } from './probe.ts';
import { projectionOf } from './projection.ts';

/** Slow motion shows G's points on their way for so long, in milliseconds. */
const travel = 700;

interface Props {
  /** Edge in CSS pixels. */
  readonly side: number;
  readonly view: CloudView;
  readonly stale: boolean;
  readonly describedBy: string;
}

/** The points, D's landscape and G's lattice on one canvas, drawn again with each view that comes; a probe over it. */
export function PlaneBoard({ side, view, stale, describedBy }: Props) {
  const { t, format } = useLocale();
  const canvas = useRef<HTMLCanvasElement>(null);
  const board = useRef<HTMLDivElement>(null);
  const memory = useRef<Memory>(noMemory);
  const theme = useTheme();
  const ratio = usePixelRatio();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const layers = usePlaneLook((look) => look.layers);
  const runId = useDuel((state) => state.runId);
  const modes = useDuel((state) => state.facts?.plane?.modes);
  const phase = useDuel((state) => (state.slow ? state.phase : undefined));
  const [probe, setProbe] = useState<Place>();
  const [focused, setFocused] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read from the tokens of the theme shown
  const palette = useMemo(() => paletteOf(), [theme]);
  const coverage = useCoverage(view);
  const { extent } = view.field;
  const at = useMemo(() => projectionOf(extent.xMax, side), [extent.xMax, side]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (!context || !board.current) return;
    const pixels = Math.round(side * ratio);
    if (context.canvas.width !== pixels) {
      context.canvas.width = pixels;
      context.canvas.height = pixels;
    }
    context.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
    const fresh = memory.current.now !== view;
    memory.current = remembered(memory.current, runId, view);
    const { before, trail } = memory.current;
    const font = `11px ${getComputedStyle(board.current).fontFamily}`;
    const moves = phase === 'G' && before !== undefined;
    const scene: Scene = {
      view,
      layers,
      modes,
      coverage,
      trail: layers.trails ? trail : moves ? [before.fake] : [],
      before: phase === 'D' ? before?.field : undefined,
      figure: (x) => format.setting(x),
    };
    if (!moves || !fresh || still) {
      drawPlane(context, scene, at, palette, font);
      return;
    }
    const begun = performance.now();
    let frame = 0;
    const paint = () => {
      const share = Math.min(1, (performance.now() - begun) / travel);
      const fake = between(before.fake, view.fake, share);
      const lattice = between(before.lattice, view.lattice, share);
      // On their way they follow the arrows that pulled them.
      const arrows = share < 1 ? before.arrows : view.arrows;
      drawPlane(context, { ...scene, view: { ...view, fake, lattice, arrows } }, at, palette, font);
      if (share < 1) frame = requestAnimationFrame(paint);
    };
    paint();
    return () => cancelAnimationFrame(frame);
  }, [view, coverage, layers, at, side, ratio, palette, format, modes, phase, runId, still]);

  const placeOf = (event: PointerEvent): Place => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = at.toPlane(event.clientX - box.left, event.clientY - box.top);
    return { x, y, kind: 'pointer' };
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const here = probe ?? { x: 0, y: 0 };
    const next = moved(here, event, extent.xMax) ?? hopped(here, event, view.fake);
    if (!next) return;
    event.preventDefault();
    setProbe({ ...next, kind: 'key' });
  };

  return (
    <div
      ref={board}
      className="plane-board"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys
      tabIndex={0}
      aria-label={t('plane.board')}
      aria-describedby={describedBy}
      data-stale={stale || undefined}
      style={{ width: side, height: side }}
      onPointerMove={(event) => setProbe(placeOf(event))}
      onPointerLeave={() => setProbe((old) => (old?.kind === 'pointer' ? undefined : old))}
      onFocus={(event) => {
        setFocused(true);
        if (event.currentTarget.matches(':focus-visible')) setProbe((old) => old ?? { x: 0, y: 0, kind: 'key' });
      }}
      onBlur={() => {
        setFocused(false);
        setProbe(undefined);
      }}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} style={{ width: side, height: side }} />
      {probe && <ProbeTip place={probe} view={view} at={at} said={focused && probe.kind === 'key'} />}
    </div>
  );
}
