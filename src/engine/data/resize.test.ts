import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Dataset } from './dataset.ts';
import { resizeDataset, resizeValues } from './resize.ts';

interface Case {
  readonly mode: 'area' | 'bilinear' | 'nearest';
  readonly from: number;
  readonly to: number;
  readonly channels: number;
  readonly length: number;
  /** Two images. */
  readonly pixels: number[];
  readonly at: number[];
  readonly values: number[];
}

// Made by scripts/datasets/resize_oracle.py with PyTorch.
const cases = JSON.parse(readFileSync(new URL('resize.oracle.json', import.meta.url), 'utf8')) as Case[];

test.each(cases)('$mode $from -> $to, $channels channels, as PyTorch does it', (one) => {
  const { mode, from, to, channels, length, at, values } = one;
  const pixels = Uint8Array.from(one.pixels);
  const exact = resizeValues(pixels, from, to, channels, mode === 'nearest');
  expect(exact.length).toBe(length);
  at.forEach((index, i) => {
    expect(Math.abs(exact[index]! - values[i]!)).toBeLessThan(1e-4);
  });
  const split = { count: 2, pixels, labels: Uint8Array.of(0, 1) };
  const dataset: Dataset = {
    id: 'x',
    size: from,
    channels,
    pixelArt: mode === 'nearest',
    train: split,
    heldOut: split,
    classes: ['a', 'b'],
  };
  const resized = resizeDataset(dataset, to);
  expect(resized).toMatchObject({ id: 'x', size: to, channels, classes: ['a', 'b'] });
  expect(resized.train.labels).toBe(split.labels);
  expect(resized.train.pixels.length).toBe(length);
  at.forEach((index, i) => {
    expect(Math.abs(resized.train.pixels[index]! - values[i]!)).toBeLessThan(0.5 + 1e-4);
    expect(resized.heldOut.pixels[index]).toBe(resized.train.pixels[index]);
  });
});

test('pixel art at a size that is no multiple is smoothed, not torn', () => {
  const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i * 37) % 256);
  expect(resizeValues(pixels, 16, 28, 1, true)).toEqual(resizeValues(pixels, 16, 28, 1, false));
});

test('black and white stay black and white', () => {
  for (const value of [0, 255]) {
    const split = { count: 1, pixels: new Uint8Array(28 * 28).fill(value), labels: Uint8Array.of(0) };
    const dataset: Dataset = { id: 'x', size: 28, channels: 1, train: split, heldOut: split, classes: [] };
    for (const size of [16, 32, 64])
      expect(new Set(resizeDataset(dataset, size).train.pixels)).toEqual(new Set([value]));
  }
});

test('its own size costs nothing and no size is an error', () => {
  const split = { count: 1, pixels: new Uint8Array(4), labels: Uint8Array.of(0) };
  const dataset: Dataset = { id: 'x', size: 2, channels: 1, train: split, heldOut: split, classes: [] };
  expect(resizeDataset(dataset, 2)).toBe(dataset);
  for (const size of [0, -1, 1.5, Number.NaN]) expect(() => resizeDataset(dataset, size)).toThrow(RangeError);
});
