import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../worker/protocol.ts';
import { bins, fullShare, spreadOf } from './bench.ts';
import { barHeight, cellAt, gap, heightOf, layOneSheet, layTwoSheets, wholeCell, widthOf } from './layout.ts';
import { distanceOf } from './sampleWords.ts';

describe('wholeCell', () => {
  it.each([
    [60, 28, 1, 56],
    [57, 28, 2, 56],
    [50, 28, 2, 42],
    [66, 32, 1, 64],
    [50, 16, 1, 48],
    // 32 px in a room of 50 would waste a third of it, 28 in one of 40 as much.
    [50, 32, 1, 50],
    [40, 28, 1, 40],
    [40, 64, 1, 40],
  ])('in %d, images of %d at ratio %d are %d wide', (most, size, ratio, cell) => {
    expect(wholeCell(most, size, ratio)).toBe(cell);
  });
});

describe('layTwoSheets', () => {
  const desk = { width: 776, height: 620, pixelRatio: 1 };

  it('shows 28 px images twice as large, eight and four columns, on a desk', () => {
    const { fake, real } = layTwoSheets(64, 64, { ...desk, imageSize: 28 });
    expect(fake).toEqual({ columns: 8, rows: 8, cell: 56 });
    expect(real).toEqual({ columns: 4, rows: 8, cell: 56 });
  });

  it('gives up real columns rather than size', () => {
    expect(layTwoSheets(64, 64, { ...desk, imageSize: 32 }).real).toEqual({ columns: 2, rows: 8, cell: 64 });
  });

  it.each([16, 28, 32, 64])('stays within the room for images of %d', (imageSize) => {
    for (let width = 420; width < 1900; width += 37) {
      for (const height of [300, 480, 620, 900]) {
        for (const pixelRatio of [1, 1.5, 2]) {
          const { fake, real, bench } = layTwoSheets(64, 64, { width, height, imageSize, pixelRatio });
          expect(widthOf(fake) + widthOf(real) + bench + 24).toBeLessThanOrEqual(width + 0.01);
          expect(heightOf(fake)).toBeLessThanOrEqual(height + 0.01);
        }
      }
    }
  });
});

it('a phone shows six columns of 28 px images twice as large', () => {
  const grid = layOneSheet(64, 52, 4, { width: 358, imageSize: 28, pixelRatio: 2 });
  expect(grid).toEqual({ columns: 6, rows: 4, cell: 56 });
});

describe('a VAE', () => {
  it('has no bench, and as many real columns as keep each original beside its reconstruction', () => {
    for (let width = 420; width < 1900; width += 37) {
      const room = { width, height: 620, imageSize: 28, pixelRatio: 1 };
      const { fake, real, bench } = layTwoSheets(64, 64, room, { bench: false, pairs: true });
      expect([bench, real.columns % 2]).toEqual([0, 0]);
      expect(widthOf(fake) + widthOf(real) + 12).toBeLessThanOrEqual(width + 0.01);
      const { columns } = layOneSheet(64, 52, 4, { width, imageSize: 28, pixelRatio: 1 }, true);
      expect(columns % 2).toBe(0);
    }
  });

  it('says how far a reconstruction is from its original, for either of the two', () => {
    const sheet = { size: 2, channels: 1, pixels: Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0, 3, 3, 5, 5) };
    expect([0, 1, 2, 3].map((index) => distanceOf(sheet as unknown as Sheet, index))).toEqual([
      0,
      0,
      Math.sqrt(17),
      Math.sqrt(17),
    ]);
  });
});

describe('cellAt', () => {
  const grid = { columns: 8, rows: 8, cell: 56 };

  it('finds the cell of a point', () => {
    expect(cellAt(grid, 64, 0, 0)).toBe(0);
    expect(cellAt(grid, 64, 2 * (56 + gap) + 1, 56 + barHeight + gap + 1)).toBe(10);
  });

  it('finds none beside the sheet or past its last sample', () => {
    expect(cellAt(grid, 64, -1, 5)).toBeUndefined();
    expect(cellAt(grid, 64, 9 * 60, 5)).toBeUndefined();
    expect(cellAt(grid, 3, 4 * 60, 5)).toBeUndefined();
  });
});

describe('spreadOf', () => {
  it('puts the ends into the first and the last bin', () => {
    const { shares, mean, count } = spreadOf([0, 1, 1, 0.5]);
    expect(shares[0]).toBe(0.25);
    expect(shares[bins - 1]).toBe(0.5);
    expect(mean).toBe(0.625);
    expect(count).toBe(4);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('leaves out what is no number, and nothing is no mean', () => {
    expect(spreadOf([Number.NaN, 0.5]).count).toBe(1);
    expect(spreadOf([]).mean).toBeNaN();
  });

  it('scales both sides alike, and lets no single bin flatten the other side', () => {
    const even = spreadOf(Array.from({ length: 100 }, (_, i) => i / 100));
    expect(fullShare(even, even)).toBeCloseTo(4 / bins, 12);
    expect(fullShare(even, spreadOf([0.2, 0.4, 0.6, 0.8]))).toBe(0.25);
    expect(fullShare(even, spreadOf([0.1, 0.1]))).toBe(0.4);
  });
});
