import type { Sheet } from '../../worker/protocol.ts';
import { barHeight, type Grid, gap, heightOf, widthOf } from './layout.ts';

/** Sheets to canvas, pixel for pixel. Grey and colour alike become RGBA once a sheet. */

const atlases = new WeakMap<Sheet, HTMLCanvasElement>();
const atlasColumns = 8;

/** All images of a sheet at their own size, side by side. */
function atlasOf(sheet: Sheet): HTMLCanvasElement {
  const known = atlases.get(sheet);
  if (known) return known;
  const { count, size, channels, pixels } = sheet;
  const width = atlasColumns * size;
  const image = new ImageData(width, Math.ceil(count / atlasColumns) * size);
  const out = new Uint32Array(image.data.buffer);
  for (let i = 0, source = 0; i < count; i++) {
    const left = (i % atlasColumns) * size;
    const top = Math.floor(i / atlasColumns) * size;
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
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  atlases.set(sheet, canvas);
  return canvas;
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
  const { size } = sheet;
  const left = (index % atlasColumns) * size;
  const top = Math.floor(index / atlasColumns) * size;
  context.imageSmoothingEnabled = false;
  context.drawImage(atlasOf(sheet), left, top, size, size, x, y, side, side);
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
  for (let i = 0; i < Math.min(sheet.count, grid.columns * grid.rows); i++) {
    const x = whole((i % grid.columns) * (grid.cell + gap));
    const y = whole(Math.floor(i / grid.columns) * (grid.cell + barHeight + gap));
    drawSample(context, sheet, i, x, y, side);
    if (!opinion) continue;
    context.fillStyle = opinion(sheet.opinions[i] as number);
    context.fillRect(x, y + side + whole(1), side, Math.max(1, whole(3)));
  }
}
