/**
 * Draws what the page's own loader makes of each committed data set, to be looked at:
 *
 *     npx tsx scripts/datasets/contact-sheet.ts [folder]
 *
 * writes `sheet-<id>.png` to the folder, or to `build/datasets/`. A row for each class (its first 24 training images),
 * then, below a gap, two rows in the order of training, two of the held-out images, and the first four at 16, 28, 32
 * and 64 pixels.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { datasetIds } from '../../src/config/datasets.ts';
import type { Dataset, Split } from '../../src/engine/data/dataset.ts';
import { fileSource } from '../../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../../src/engine/data/load.ts';
import { resizeDataset } from '../../src/engine/data/resize.ts';
import { buildFolder } from './sources.ts';

const across = 24;
const cell = 66;

class Sheet {
  readonly width = across * cell;
  readonly data: Uint8Array;

  constructor(readonly height: number) {
    this.data = new Uint8Array(this.width * height * 3).fill(96);
  }

  /** Draws image `index` of a split with its corner at (left, top), each pixel `scale` wide. */
  draw(split: Split, index: number, dataset: Dataset, left: number, top: number, scale: number): void {
    const { size, channels } = dataset;
    for (let y = 0; y < size * scale; y++) {
      for (let x = 0; x < size * scale; x++) {
        const pixel = Math.floor(y / scale) * size + Math.floor(x / scale);
        for (let c = 0; c < 3; c++) {
          const value = split.pixels[(index * size * size + pixel) * channels + Math.min(c, channels - 1)];
          this.data[((top + y) * this.width + left + x) * 3 + c] = value ?? 0;
        }
      }
    }
  }
}

/** A small copy with only the first images, so that resizing it takes no time. */
function firstFew(dataset: Dataset, count: number): Dataset {
  const { pixels, labels } = dataset.train;
  const few = { count, pixels: pixels.slice(0, count * dataset.size ** 2 * dataset.channels), labels };
  return { ...dataset, train: few, heldOut: few };
}

function draw(dataset: Dataset): Sheet {
  const { train, heldOut } = dataset;
  const scale = Math.floor(64 / dataset.size);
  const inOrder = (from: number) => Array.from({ length: across }, (_, i) => from + i);
  const ofClass = (label: number) => [...train.labels.keys()].filter((i) => train.labels[i] === label).slice(0, across);
  const rows: [Split, number[]][] = dataset.classes.map((_, label) => [train, ofClass(label)]);
  rows.push([train, inOrder(0)], [train, inOrder(across)], [heldOut, inOrder(0)], [heldOut, inOrder(across)]);
  const sheet = new Sheet((rows.length + 1) * cell);
  rows.forEach(([split, indices], row) => {
    indices.forEach((index, column) => {
      sheet.draw(split, index, dataset, column * cell, row * cell, scale);
    });
  });
  [16, 28, 32, 64].forEach((size, group) => {
    const resized = resizeDataset(firstFew(dataset, 4), size);
    for (let i = 0; i < 4; i++) {
      sheet.draw(resized.train, i, resized, (group * 5 + i) * cell, rows.length * cell, Math.floor(64 / size));
    }
  });
  return sheet;
}

const folder = process.argv[2] ?? buildFolder;
mkdirSync(folder, { recursive: true });
for (const id of datasetIds) {
  const dataset = await loadDataset(id, fileSource());
  const { width, height, data } = draw(dataset);
  writeFileSync(`${folder}/sheet-${id}.png`, encode({ width, height, data, channels: 3 }));
  const shares = dataset.classes.map(
    (name, label) => `${name} ${dataset.train.labels.filter((l) => l === label).length}`,
  );
  console.log(`${folder}/sheet-${id}.png`, dataset.train.count, dataset.heldOut.count, shares.join(', '));
}
