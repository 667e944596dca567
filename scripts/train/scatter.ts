import { encode } from 'fast-png';
import { reach } from '../../src/config/worlds.ts';

const side = 480;
const colours = { paper: [255, 255, 255], real: [176, 180, 186], fake: [214, 92, 30] } as const;

/** Points of the plane as the bytes of a PNG: reals in grey, fakes in orange on top. @param real, fake [n, 2] */
export function scatterPng(real: Float32Array, fake: Float32Array): Uint8Array {
  const data = new Uint8Array(side * side * 3).fill(colours.paper[0]);
  const place = (value: number) => Math.round(((value + reach) / (2 * reach)) * (side - 1));
  const dot = (column: number, row: number, colour: readonly number[]) => {
    if (column >= 0 && column < side && row >= 0 && row < side) data.set(colour, 3 * (row * side + column));
  };
  const draw = (points: Float32Array, colour: readonly number[]) => {
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [place(points[i] as number), side - 1 - place(points[i + 1] as number)];
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const)
        dot(x + dx, y + dy, colour);
    }
  };
  draw(real, colours.real);
  draw(fake, colours.fake);
  return encode({ width: side, height: side, data, channels: 3, depth: 8 });
}
