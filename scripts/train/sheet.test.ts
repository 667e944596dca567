import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { sheetPng } from './sheet.ts';

test.each([
  [5, 1, 4],
  [64, 3, 8],
])('%d images of %d channels and %d px stand in rows, each pixel doubled, between gaps', (count, channels, size) => {
  const pixels = Uint8Array.from({ length: count * size * size * channels }, (_, i) => 1 + ((i * 37) % 255));
  const png = decode(sheetPng({ count, pixels, opinions: new Float32Array(count) }, size, channels));
  const columns = Math.ceil(Math.sqrt(count));
  const cell = size * 2 + 2;
  expect([png.width, png.channels]).toEqual([columns * cell + 2, channels]);
  expect(png.height).toBe(Math.ceil(count / columns) * cell + 2);
  const at = (x: number, y: number, c: number) => png.data[(y * png.width + x) * channels + c];
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const [left, top] = [2 + (i % columns) * cell, 2 + Math.floor(i / columns) * cell];
    for (let y = 0; y < size * 2; y++) {
      for (let x = 0; x < size * 2; x++) {
        for (let c = 0; c < channels; c++) {
          const want = pixels[((i * size + (y >> 1)) * size + (x >> 1)) * channels + c];
          if (at(left + x, top + y, c) !== want) wrong++;
        }
      }
    }
    expect(at(left - 1, top, 0)).toBe(0);
  }
  expect(wrong).toBe(0);
});
