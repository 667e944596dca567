/** From the plane's units to pixels of a square canvas, and back. The plane's y points up, the canvas's down. */
export interface Projection {
  /** The plane reaches from -extent to extent on both axes. */
  readonly extent: number;
  /** Edge of the canvas in pixels. */
  readonly side: number;
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
  readonly toPlane: (px: number, py: number) => readonly [number, number];
}

export function projectionOf(extent: number, side: number): Projection {
  const scale = side / (2 * extent);
  return {
    extent,
    side,
    x: (x) => (x + extent) * scale,
    y: (y) => (extent - y) * scale,
    toPlane: (px, py) => [px / scale - extent, extent - py / scale],
  };
}

/** Round values for an axis from -extent to extent: 4 to 9 of them, zero among them. */
export function ticksOf(extent: number): number[] {
  const rough = extent / 3;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((round) => round * decade >= rough * 0.999) ?? 10) * decade;
  const most = Math.floor(extent / step + 1e-9);
  return Array.from({ length: 2 * most + 1 }, (_, i) => Number(((i - most) * step).toPrecision(6)));
}
