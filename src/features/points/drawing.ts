import { mostPoints, pointsReach } from '../../config/worlds.ts';

/** A drawing of points: strokes of the brush, each undone as a whole. All lengths in units of the plane. */
export interface Drawing {
  /** Each [n, 2], flat. */
  readonly strokes: readonly (readonly number[])[];
  readonly count: number;
}

export const emptyDrawing: Drawing = { strokes: [], count: 0 };

/** Radii of the brush. */
export const brushes = { small: 0.04, medium: 0.1, large: 0.22 } as const;
export type Brush = keyof typeof brushes;

/** Points of one stamp. */
const stampSize = 12;
/** The golden angle: points turned by it never line up (Vogel 1979, sunflower). */
const turn = Math.PI * (3 - Math.sqrt(5));

const within = (x: number) => Math.min(pointsReach, Math.max(-pointsReach, x));

/**
 * The points of one stamp of the brush, evenly over its disk, turned on by `nth` so that stamps at one place do not fall
 * on each other.
 */
function stamp(x: number, y: number, radius: number, nth: number): number[] {
  return Array.from({ length: stampSize }, (_, i) => {
    const r = radius * Math.sqrt((i + 0.5) / stampSize);
    const angle = turn * (i + nth * stampSize);
    return [within(x + r * Math.cos(angle)), within(y + r * Math.sin(angle))];
  }).flat();
}

/** A new stroke that begins with a stamp. At the limit of points it stays as it is. */
export function begun(drawing: Drawing, x: number, y: number, brush: Brush): Drawing {
  if (drawing.count + stampSize > mostPoints) return drawing;
  const points = stamp(x, y, brushes[brush], drawing.count / stampSize);
  return { strokes: [...drawing.strokes, points], count: drawing.count + stampSize };
}

/** Another stamp of the last stroke. */
export function drawnOn(drawing: Drawing, x: number, y: number, brush: Brush): Drawing {
  const last = drawing.strokes.at(-1);
  if (!last || drawing.count + stampSize > mostPoints) return drawing;
  const points = [...last, ...stamp(x, y, brushes[brush], drawing.count / stampSize)];
  return { strokes: [...drawing.strokes.slice(0, -1), points], count: drawing.count + stampSize };
}

/** Points from elsewhere, as one stroke; as many as there is room for. */
export function added(drawing: Drawing, points: ArrayLike<number>): Drawing {
  const room = Math.min(points.length / 2, mostPoints - drawing.count);
  if (room <= 0) return drawing;
  return {
    strokes: [...drawing.strokes, Array.from({ length: 2 * room }, (_, i) => points[i] as number)],
    count: drawing.count + room,
  };
}

export function undone({ strokes, count }: Drawing): Drawing {
  const last = strokes.at(-1);
  return last ? { strokes: strokes.slice(0, -1), count: count - last.length / 2 } : emptyDrawing;
}

/** [n, 2], to train on. */
export function pointsOf({ strokes }: Drawing): Float32Array<ArrayBuffer> {
  return Float32Array.from(strokes.flat());
}
