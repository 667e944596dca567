import type { CloudView } from '../../worker/protocol.ts';

/** Where the pointer or the arrow keys are, on the plane. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly kind: 'pointer' | 'key';
}

/** A point is meant within as many pixels. */
export const reachOfProbe = 9;

interface Found {
  readonly side: 'real' | 'fake' | undefined;
  readonly x: number;
  readonly y: number;
}

/** The nearest point to a place, or the place itself where there is none. */
export function nearest(place: { x: number; y: number }, view: Pick<CloudView, 'real' | 'fake'>, reach: number): Found {
  let found: Found = { side: undefined, x: place.x, y: place.y };
  let least = reach;
  for (const side of ['fake', 'real'] as const) {
    const points = view[side];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] as number, points[i + 1] as number];
      const distance = Math.hypot(x - place.x, y - place.y);
      if (distance < least) [least, found] = [distance, { side, x, y }];
    }
  }
  return found;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface XY {
  readonly x: number;
  readonly y: number;
}

/** Arrow keys: a twentieth of the plane's half, a hundredth with Shift. Home: the middle. */
export function moved(
  { x, y }: XY,
  { key, shiftKey }: { key: string; shiftKey: boolean },
  extent: number,
): XY | undefined {
  if (key === 'Home') return { x: 0, y: 0 };
  const direction = directions[key];
  if (!direction) return undefined;
  const step = extent / (shiftKey ? 100 : 20);
  const within = (value: number) => Math.min(extent, Math.max(-extent, value));
  return { x: within(x + direction[0] * step), y: within(y + direction[1] * step) };
}

/** Page keys: the next generated point to the right or left. */
export function hopped({ x }: XY, { key }: { key: string }, fakes: Float32Array): XY | undefined {
  if (key !== 'PageDown' && key !== 'PageUp') return undefined;
  const right = key === 'PageDown';
  let best: XY | undefined;
  for (let i = 0; i < fakes.length; i += 2) {
    const [px, py] = [fakes[i] as number, fakes[i + 1] as number];
    const ahead = right ? px > x + 1e-6 : px < x - 1e-6;
    if (ahead && (!best || (right ? px < best.x : px > best.x))) best = { x: px, y: py };
  }
  return best;
}
