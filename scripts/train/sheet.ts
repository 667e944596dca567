import { encode } from 'fast-png';
import type { Images } from '../../src/engine/sheets.ts';

/** Images in a square sheet, as the bytes of a PNG, each pixel enlarged `scale` times. */
export function sheetPng({ count, pixels }: Images, size: number, channels: number, scale = 2): Uint8Array {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const gap = 2;
  const cell = size * scale + gap;
  const [width, height] = [columns * cell + gap, rows * cell + gap];
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < count; i++) {
    const left = gap + (i % columns) * cell;
    const top = gap + Math.floor(i / columns) * cell;
    for (let y = 0; y < size * scale; y++) {
      for (let x = 0; x < size * scale; x++) {
        const from = ((i * size + Math.floor(y / scale)) * size + Math.floor(x / scale)) * channels;
        const to = ((top + y) * width + left + x) * channels;
        for (let c = 0; c < channels; c++) data[to + c] = pixels[from + c] as number;
      }
    }
  }
  return encode({ width, height, data, channels, depth: 8 });
}
