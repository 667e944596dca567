import type { Experiment } from '../../config/experiment.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { drawSample } from './draw.ts';

/** Pictures to keep: each image pixel is a whole square of pixels. */

/** Sides of a saved sheet and a saved sample come near these. */
const sheetSide = 1024;
const sampleSide = 512;

/** `duel-fashion-step-1240-seed-7-ema.png`: what it takes to make the picture again. */
export function fileName(preset: string, experiment: Experiment, sheet: Sheet, index?: number): string {
  const which =
    sheet.side === 'generated' ? sheet.weights : sheet.split === 'heldOut' ? 'real-held-out' : 'real-training';
  const sample = index === undefined ? '' : `-sample-${index + 1}`;
  return `duel-${preset}-step-${sheet.step}-seed-${experiment['train.seed']}-${which}${sample}.png`;
}

function canvasOf(side: number, draw: (context: CanvasRenderingContext2D) => void, height = side): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) draw(context);
  return canvas;
}

function sampleCanvas(sheet: Sheet, index: number): HTMLCanvasElement {
  const side = sheet.size * Math.max(1, Math.round(sampleSide / sheet.size));
  return canvasOf(side, (context) => drawSample(context, sheet, index, 0, 0, side));
}

function sheetCanvas(sheet: Sheet): HTMLCanvasElement {
  const columns = Math.ceil(Math.sqrt(sheet.count));
  const rows = Math.ceil(sheet.count / columns);
  const times = Math.max(1, Math.round(sheetSide / (columns * sheet.size)));
  const between = times;
  const cell = sheet.size * times;
  const length = (n: number) => n * cell + (n + 1) * between;
  const draw = (context: CanvasRenderingContext2D) => {
    context.fillRect(0, 0, length(columns), length(rows));
    for (let i = 0; i < sheet.count; i++) {
      const x = between + (i % columns) * (cell + between);
      const y = between + Math.floor(i / columns) * (cell + between);
      drawSample(context, sheet, i, x, y, cell);
    }
  };
  return canvasOf(length(columns), draw, length(rows));
}

/** Saves a sheet, or one image of it. */
export async function savePng(name: string, sheet: Sheet, index?: number): Promise<void> {
  await saveCanvas(name, index === undefined ? sheetCanvas(sheet) : sampleCanvas(sheet, index));
}

/** Saves what a canvas shows. */
export async function saveCanvas(name: string, canvas: HTMLCanvasElement): Promise<void> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Long enough for the browser to have taken the file.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
