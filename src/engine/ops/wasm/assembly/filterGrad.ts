// Gradient of a convolution with respect to its filter: the product A^T B over all output positions, where A's rows are
// input windows and B's are output gradients. As a convolution of images of one pixel it is the matrix product with a
// transposed A.
//
// Positions are counted with the image innermost, and summed in boxes of places by images. At which places a tap is inside
// the image is then a run, or a few runs, of a box's positions, and only these are multiplied.
import { Box, boxAt, FilterJob, packGradient, packWindows, padded, positionsIn } from './filterPack';
import { COLUMNS, PANEL_STEP, ROWS, SPILL, TILE_STEP } from './tile';
import { tilePacked } from './tilePacked';

/**
 * Row tiles [from, to) of the filter gradient, seen as a [kernelHeight * kernelWidth * channels, filters] matrix, over all
 * boxes of a pass. Sums run in one order, box by box, however the tiles are split.
 *
 * @param scratch SPILL bytes and groupTiles packed tiles of boxPositions steps
 */
export function filterTiles(at: usize, scratch: usize, from: i32, to: i32): void {
  const job = changetype<FilterJob>(at);
  for (let group = from; group < to; group += job.groupTiles) {
    const groupEnd = min(to, group + job.groupTiles);
    let previous = job.previous;
    for (let i = 0; i < job.boxCount; i++) {
      const box = boxAt(job, i);
      const panels = job.panels + ((<usize>(box.before * padded(job.filters))) << 2);
      addBox(job, box, panels, previous, job.target, scratch, group, groupEnd);
      previous = job.target;
    }
  }
}

/**
 * Slabs [from, to) of boxes, each summed apart into its own copy of the filter gradient: where there are too few row tiles
 * to share among threads.
 *
 * @param scratch as for filterTiles, and behind it a box's packed gradient
 */
export function filterSlabs(at: usize, scratch: usize, from: i32, to: i32): void {
  const job = changetype<FilterJob>(at);
  const rows = job.kernelHeight * job.kernelWidth * job.channels;
  const tiles = (rows + ROWS - 1) / ROWS;
  const panels = scratch + <usize>SPILL + <usize>(job.groupTiles * job.boxPositions * TILE_STEP);
  for (let slab = from; slab < to; slab++) {
    const target = job.target + ((<usize>(slab * rows * job.filters)) << 2);
    let previous: usize = 0;
    const end = min((slab + 1) * job.boxCount, job.allBoxes);
    for (let i = slab * job.boxCount; i < end; i++) {
      const box = boxAt(job, i);
      packGradient(job, box, panels);
      for (let group = 0; group < tiles; group += job.groupTiles) {
        addBox(job, box, panels, previous, target, scratch, group, min(tiles, group + job.groupTiles));
      }
      previous = target;
    }
  }
}

/** target = previous + the sum over a box, for row tiles [fromTile, toTile). */
function addBox(
  job: FilterJob, box: Box, panels: usize, previous: usize, target: usize, scratch: usize, fromTile: i32, toTile: i32,
): void {
  const filters = job.filters, rows = job.kernelHeight * job.kernelWidth * job.channels;
  const rowBytes = (<usize>filters) << 2;
  const depth = positionsIn(box);
  const tileBytes = <usize>(depth * TILE_STEP), panelBytes = <usize>(depth * PANEL_STEP);
  const tiles = scratch + <usize>SPILL;
  const first = fromTile * ROWS, end = min(toTile * ROWS, rows);
  packWindows(job, box, tiles, first, end);
  let tile = tiles;
  for (let row = first; row < end; row += ROWS) {
    const count = min(ROWS, end - row);
    // The taps of a tile's rows: one, or two neighbours, or more where channels are few. What is outside for all of them
    // is left out.
    const firstTap = row / job.channels, lastTap = (row + count - 1) / job.channels;
    const firstLine = firstTap / job.kernelWidth, lastLine = lastTap / job.kernelWidth;
    const oneLine = firstLine == lastLine;
    const firstColumn = oneLine ? firstTap % job.kernelWidth : 0;
    const lastColumn = oneLine ? lastTap % job.kernelWidth : job.kernelWidth - 1;
    const y0 = max(firstInside(job.top - lastLine, job.strideY), box.y);
    const y1 = min(endInside(job.height + job.top - firstLine, job.strideY), box.y + box.lines);
    const x0 = max(firstInside(job.left - lastColumn, job.strideX), box.x);
    const x1 = min(endInside(job.width + job.left - firstColumn, job.strideX), box.x + box.cells);
    const skipped = ((y0 - box.y) * box.cells + x0 - box.x) * box.images;
    const stride = box.cells * box.images;
    let lines = max(y1 - y0, 0), length = max(x1 - x0, 0) * box.images;
    if (length == stride) {
      length *= lines;
      lines = 1;
    }
    const a = tile + <usize>(skipped * TILE_STEP);
    let b = panels + <usize>(skipped * PANEL_STEP);
    const offset = <usize>row * rowBytes;
    for (let column = 0; column < filters; column += COLUMNS) {
      const place = offset + ((<usize>column) << 2);
      const from = previous ? previous + place : 0;
      tilePacked(a, b, lines, length, stride, from, target + place, rowBytes, count, filters - column, scratch);
      b += panelBytes;
    }
    tile += tileBytes;
  }
}

/** The first place i >= 0 with i * stride >= start. */
// @ts-ignore: decorator
@inline
function firstInside(start: i32, stride: i32): i32 {
  return start <= 0 ? 0 : (start + stride - 1) / stride;
}

/** The first place i >= 0 with i * stride >= end: the one after the last inside. */
// @ts-ignore: decorator
@inline
function endInside(end: i32, stride: i32): i32 {
  return firstInside(end, stride);
}

@unmanaged
class FoldJob {
  /** `slabs` arrays of `size` floats. */
  slabs: usize;
  slabCount: i32;
  size: i32;
  target: usize;
}

/** Floats of a unit of foldSlabs: as in filterKernel.ts. */
const FOLD: i32 = 1024;

/** target = the sum of the slabs, blocks [from, to) of FOLD floats. */
export function foldSlabs(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<FoldJob>(at);
  const slabBytes = (<usize>job.size) << 2;
  const end = (<usize>min(to * FOLD, job.size)) << 2, end4 = end & ~15;
  let i = (<usize>(from * FOLD)) << 2;
  for (; i < end4; i += 16) {
    let p = job.slabs + i;
    let sum = v128.load(p);
    for (let slab = 1; slab < job.slabCount; slab++) {
      p += slabBytes;
      sum = f32x4.add(sum, v128.load(p));
    }
    v128.store(job.target + i, sum);
  }
  for (; i < end; i += 4) {
    let p = job.slabs + i;
    let sum = load<f32>(p);
    for (let slab = 1; slab < job.slabCount; slab++) {
      p += slabBytes;
      sum += load<f32>(p);
    }
    store<f32>(job.target + i, sum);
  }
}
