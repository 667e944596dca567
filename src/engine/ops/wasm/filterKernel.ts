import type * as tf from '@tensorflow/tfjs-core';
import type { ConvInfo } from '../geometry.ts';
import { KERNEL } from './kernelIds.ts';
import { type JobFields, jobBytes, writeJob, writeJobs } from './layouts.ts';
import { type KernelRuntime, parallel } from './runtime.ts';
import { copyGrain, panelBytes, productGrain, ROWS, SPILL } from './tiles.ts';

/** Positions in a box at most: a packed tile (24 bytes a position) and a panel (32) share a 32 kB first-level cache. */
const BOX_POSITIONS = 448;
/** Row tiles packed together: with 16 of a box, the second-level cache holds the panels too. */
const GROUP_TILES = 16;
/** Bytes of packed gradient that are kept at a time; a longer sum is taken in passes. */
const PASS_BYTES = 8 << 20;
/** Row tiles that suffice to share among threads. With fewer, boxes are shared instead, and summed in slabs. */
const MANY_TILES = 32;
/** Slabs at most, and bytes of them all. */
const SLABS = 32;
const SLAB_BYTES = 4 << 20;
/** Floats of a unit of foldSlabs: as in assembly/filterGrad.ts. */
const FOLD = 1024;

type Box = Omit<JobFields<'Box'>, 'before'>;

/** Cuts places and images into boxes of at most BOX_POSITIONS: whole lines where they fit, else cells, else images. */
function cut(batch: number, height: number, width: number): Box[] {
  const images = Math.min(batch, BOX_POSITIONS);
  const cells = Math.min(width, Math.floor(BOX_POSITIONS / images));
  const lines = cells === width ? Math.min(height, Math.floor(BOX_POSITIONS / (images * cells))) : 1;
  const boxes: Box[] = [];
  for (let y = 0; y < height; y += lines) {
    for (let x = 0; x < width; x += cells) {
      for (let image = 0; image < batch; image += images) {
        boxes.push({
          y,
          lines: Math.min(lines, height - y),
          x,
          cells: Math.min(cells, width - x),
          image,
          images: Math.min(images, batch - image),
        });
      }
    }
  }
  return boxes;
}

const positionsIn = ({ lines, cells, images }: Box) => lines * cells * images;

/** Boxes in passes of at most PASS_BYTES of packed gradient. */
function passes(boxes: readonly Box[], filters: number): JobFields<'Box'>[][] {
  const made: JobFields<'Box'>[][] = [];
  let before = 0;
  for (const box of boxes) {
    const positions = positionsIn(box);
    if (made.length === 0 || panelBytes(before + positions, filters) > PASS_BYTES) {
      made.push([]);
      before = 0;
    }
    made.at(-1)?.push({ ...box, before });
    before += positions;
  }
  return made;
}

/** What a sum of windows times gradients runs over: see the class FilterJob of assembly/filterPack.ts. */
export type FilterSum = Omit<
  JobFields<'FilterJob'>,
  'target' | 'previous' | 'panels' | 'boxes' | 'boxCount' | 'allBoxes' | 'groupTiles' | 'boxPositions'
> & { readonly batch: number };

/** Gradient with respect to the filter: x [n, h, w, c], dy [n, oh, ow, f] -> [kh, kw, c, f]. */
export function conv2dFilterGrad(
  runtime: KernelRuntime,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: ConvInfo,
): tf.TensorInfo {
  const { heap } = runtime;
  const dw = heap.output(info.filterShape);
  const sum: FilterSum = {
    source: heap.pointer(x),
    gradient: heap.pointer(dy),
    rowStride: info.outChannels,
    columnStride: 1,
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    filters: info.outChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
  };
  filterSum(runtime, sum, heap.pointer(dw));
  return dw;
}

/** The sum over all positions, into `target`. */
export function filterSum(runtime: KernelRuntime, sum: FilterSum, target: number): void {
  const { kernelHeight, kernelWidth, channels, filters } = sum;
  const rows = kernelHeight * kernelWidth * channels;
  const boxes = cut(sum.batch, sum.outHeight, sum.outWidth);
  const most = Math.min(SLABS, Math.floor(SLAB_BYTES / (4 * rows * filters)));
  const few = Math.ceil(rows / ROWS) < MANY_TILES && boxes.length > 1 && most > 1;
  if (few) sumInSlabs(runtime, sum, boxes, target, most);
  else sumInTiles(runtime, sum, boxes, target);
}

function sumInTiles(
  runtime: KernelRuntime,
  { batch: _, ...sum }: FilterSum,
  boxes: readonly Box[],
  target: number,
): void {
  const { heap } = runtime;
  const { kernelHeight, kernelWidth, channels, filters } = sum;
  const rows = kernelHeight * kernelWidth * channels;
  const parts = passes(boxes, filters);
  const sizes = parts.map((part) => part.reduce((total, box) => total + positionsIn(box), 0));
  const boxPositions = Math.max(...boxes.map(positionsIn));
  const [job, table, panels, other] = heap.scratch([
    jobBytes('FilterJob'),
    jobBytes('Box') * Math.max(...parts.map((part) => part.length)),
    panelBytes(Math.max(...sizes), filters),
    parts.length > 1 ? 4 * rows * filters : 0,
  ]);
  const tiles = Math.ceil(rows / ROWS);
  const scratchBytes = SPILL + 24 * Math.min(GROUP_TILES, tiles) * boxPositions;
  parts.forEach((part, i) => {
    // By turns into one and the other, so that a pass never adds to what it reads: the last is the target.
    const even = (parts.length - i) % 2 === 0;
    writeJobs(heap, table, 'Box', part);
    writeJob(heap, job, 'FilterJob', {
      ...sum,
      target: even ? other : target,
      previous: i === 0 ? 0 : even ? target : other,
      panels,
      boxes: table,
      boxCount: part.length,
      allBoxes: part.length,
      groupTiles: GROUP_TILES,
      boxPositions,
    });
    parallel(runtime, KERNEL.packBoxes, job, part.length, copyGrain(boxPositions * filters), 0);
    const grain = productGrain(2 * ROWS * filters * (sizes[i] as number));
    parallel(runtime, KERNEL.filterTiles, job, tiles, grain, scratchBytes);
  });
}

function sumInSlabs(
  runtime: KernelRuntime,
  { batch: _, ...sum }: FilterSum,
  boxes: readonly Box[],
  target: number,
  most: number,
): void {
  const { heap } = runtime;
  const { kernelHeight, kernelWidth, channels, filters } = sum;
  const rows = kernelHeight * kernelWidth * channels;
  const boxCount = Math.ceil(boxes.length / most);
  const slabCount = Math.ceil(boxes.length / boxCount);
  const boxPositions = Math.max(...boxes.map(positionsIn));
  const size = rows * filters;
  const [job, table, slabs] = heap.scratch([
    jobBytes('FilterJob'),
    jobBytes('Box') * boxes.length,
    4 * slabCount * size,
  ]);
  const groupTiles = Math.min(GROUP_TILES, Math.ceil(rows / ROWS));
  writeJobs(
    heap,
    table,
    'Box',
    boxes.map((box) => ({ ...box, before: 0 })),
  );
  writeJob(heap, job, 'FilterJob', {
    ...sum,
    target: slabs,
    previous: 0,
    panels: 0,
    boxes: table,
    boxCount,
    allBoxes: boxes.length,
    groupTiles,
    boxPositions,
  });
  const scratchBytes = SPILL + 24 * groupTiles * boxPositions + panelBytes(boxPositions, filters);
  const grain = productGrain(2 * size * boxCount * boxPositions);
  parallel(runtime, KERNEL.filterSlabs, job, slabCount, grain, scratchBytes);
  writeJob(heap, job, 'FoldJob', { slabs, slabCount, size, target });
  parallel(runtime, KERNEL.foldSlabs, job, Math.ceil(size / FOLD), copyGrain(FOLD * slabCount), 0);
}
