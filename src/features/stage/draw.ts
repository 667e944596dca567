import type { Sheet } from '../../worker/protocol.ts';
import { barHeight, type Grid, gap, heightOf, widthOf } from './layout.ts';

/** Sheets to canvas, pixel for pixel. */

const scratches = new Map<string, CanvasRenderingContext2D>();

/**
 * A canvas to put pixels on before they are enlarged; one for each size, used again and again. It is kept in main memory
 * (`willReadFrequently`): pixels come from there several times a second.
 */
function scratchOf(width: number, height: number): CanvasRenderingContext2D | undefined {
  const key = `${width} ${height}`;
  const known = scratches.get(key);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true }) ?? undefined;
  if (context) scratches.set(key, context);
  return context;
}

/** Images `from` to `to` of a sheet at their own size, side by side; grey and colour alike become RGBA. */
function unpack(sheet: Sheet, from: number, to: number, columns: number): CanvasRenderingContext2D | undefined {
  const { size, channels, pixels } = sheet;
  const width = columns * size;
  const height = Math.ceil((to - from) / columns) * size;
  const scratch = scratchOf(width, height);
  if (!scratch) return undefined;
  const image = new ImageData(width, height);
  // One write a pixel. Every machine that runs a browser stores the low byte first: R, G, B, A.
  const out = new Uint32Array(image.data.buffer);
  let source = from * size * size * channels;
  for (let i = 0; i < to - from; i++) {
    const left = (i % columns) * size;
    const top = Math.floor(i / columns) * size;
    for (let y = 0; y < size; y++) {
      let target = (top + y) * width + left;
      for (let x = 0; x < size; x++, source += channels) {
        const r = pixels[source] as number;
        const g = channels === 3 ? (pixels[source + 1] as number) : r;
        const b = channels === 3 ? (pixels[source + 2] as number) : r;
        out[target++] = 0xff000000 | (b << 16) | (g << 8) | r;
      }
    }
  }
  scratch.putImageData(image, 0, 0);
  return scratch;
}

/** Draws one image of a sheet into a square, without smoothing. */
export function drawSample(
  context: CanvasRenderingContext2D,
  sheet: Sheet,
  index: number,
  x: number,
  y: number,
  side: number,
) {
  const scratch = unpack(sheet, index, index + 1, 1);
  if (!scratch) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch.canvas, x, y, side, side);
}

/** Draws as many images as the grid holds, each with D's opinion beneath. */
export function drawSheet(
  canvas: HTMLCanvasElement,
  sheet: Sheet,
  grid: Grid,
  pixelRatio: number,
  opinion: ((value: number) => string) | undefined,
): void {
  const width = Math.round(widthOf(grid) * pixelRatio);
  const height = Math.round(heightOf(grid) * pixelRatio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const whole = (length: number) => Math.round(length * pixelRatio);
  const side = whole(grid.cell);
  const { size } = sheet;
  const count = Math.min(sheet.count, grid.columns * grid.rows);
  const scratch = unpack(sheet, 0, count, grid.columns);
  if (!scratch) return;
  context.imageSmoothingEnabled = false;
  for (let i = 0; i < count; i++) {
    const x = whole((i % grid.columns) * (grid.cell + gap));
    const y = whole(Math.floor(i / grid.columns) * (grid.cell + barHeight + gap));
    const [left, top] = [(i % grid.columns) * size, Math.floor(i / grid.columns) * size];
    context.drawImage(scratch.canvas, left, top, size, size, x, y, side, side);
    if (!opinion || sheet.opinions.length === 0) continue;
    context.fillStyle = opinion(sheet.opinions[i] as number);
    context.fillRect(x, y + side + whole(1), side, Math.max(1, whole(3)));
  }
}
