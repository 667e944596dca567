// Gradient of a convolution with respect to its filter: the product A^T B over all output positions, where A's rows are
// input windows and B's are output gradients. As a convolution of images of one pixel it is the matrix product with a
// transposed A.
//
// Positions are counted with the image innermost, and summed in boxes of places by images. At which places a tap is inside
// the image is then a run, or a few runs, of a box's positions, and only these are multiplied.
import { packPanel } from './pack';
import { COLUMNS, PANEL_STEP, ROWS, SPILL, TILE_STEP } from './tile';
import { tilePacked } from './tilePacked';

@unmanaged
class FilterJob {
  /** [batch, height, width, channels] */
  source: usize;
  /** [batch, outHeight, outWidth, filters]: element (position p, filter n) is at p * rowStride + n * columnStride. */
  gradient: usize;
  rowStride: i32;
  columnStride: i32;
  /** [kernelHeight, kernelWidth, channels, filters] */
  target: usize;
  /** What the sum starts from, shaped like target; 0 for zero. */
  previous: usize;
  /** The gradient packed by packBoxes; 0 where each slab packs its own. */
  panels: usize;
  boxes: usize;
  /** Boxes of this pass, or of a slab. */
  boxCount: i32;
  /** Of all slabs together. */
  allBoxes: i32;
  height: i32;
  width: i32;
  channels: i32;
  filters: i32;
  outHeight: i32;
  outWidth: i32;
  strideY: i32;
  strideX: i32;
  top: i32;
  left: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  /** Row tiles packed at a time, and positions of a box at most. */
  groupTiles: i32;
  boxPositions: i32;
}

/** Places [y, y + lines) by [x, x + cells) of images [image, image + images), counted in this order. */
@unmanaged
class Box {
  y: i32;
  lines: i32;
  x: i32;
  cells: i32;
  image: i32;
  images: i32;
  /** Positions of this pass before it. */
  before: i32;
}

// @ts-ignore: decorator
@inline
function boxAt(job: FilterJob, index: i32): Box {
  return changetype<Box>(job.boxes + <usize>index * offsetof<Box>());
}

// @ts-ignore: decorator
@inline
function positionsIn(box: Box): i32 {
  return box.lines * box.cells * box.images;
}

// @ts-ignore: decorator
@inline
function padded(filters: i32): i32 {
  return (filters + COLUMNS - 1) & ~(COLUMNS - 1);
}

/** Packs the gradient at the positions of boxes [from, to). */
export function packBoxes(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<FilterJob>(at);
  for (let i = from; i < to; i++) {
    const box = boxAt(job, i);
    packGradient(job, box, job.panels + ((<usize>(box.before * padded(job.filters))) << 2));
  }
}

/** Packs the gradient at a box's positions, panel by panel. */
function packGradient(job: FilterJob, box: Box, target: usize): void {
  const imageStride = job.outHeight * job.outWidth * job.rowStride;
  for (let column = 0; column < job.filters; column += COLUMNS) {
    for (let line = 0; line < box.lines; line++) {
      for (let cell = 0; cell < box.cells; cell++) {
        const position = (box.image * job.outHeight + box.y + line) * job.outWidth + box.x + cell;
        const first = position * job.rowStride + column * job.columnStride;
        const from = job.gradient + ((<usize>first) << 2);
        packPanel(target, from, box.images, job.filters - column, imageStride, job.columnStride);
        target += <usize>(box.images * PANEL_STEP);
      }
    }
  }
}

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

/** Packs filter rows [from, to) of the windows at a box's positions, six rows to a tile. */
function packWindows(job: FilterJob, box: Box, tiles: usize, from: i32, to: i32): void {
  const channels = job.channels;
  const segment = job.kernelWidth * channels;
  const imageBytes = (<usize>(job.height * job.width * channels)) << 2;
  const tileBytes = <usize>(positionsIn(box) * TILE_STEP);
  const firstLine = from / segment, lastLine = (to - 1) / segment;
  const images = job.source + <usize>box.image * imageBytes;
  let column = tiles;
  for (let line = 0; line < box.lines; line++) {
    for (let cell = 0; cell < box.cells; cell++) {
      const x = (box.x + cell) * job.strideX - job.left;
      for (let kernelLine = firstLine; kernelLine <= lastLine; kernelLine++) {
        const y = (box.y + line) * job.strideY - job.top + kernelLine;
        const rows = kernelLine * segment;
        const start = max(from, rows), end = min(to, rows + segment);
        // Of [start, end), what is left of the image, in it, and right of it.
        const inside = <u32>(y) < <u32>(job.height);
        const enter = inside ? min(max(rows - x * channels, start), end) : end;
        const leave = max(min(rows + (job.width - x) * channels, end), enter);
        const p = images + ((<usize>((y * job.width + x) * channels)) << 2) - ((<usize>rows) << 2);
        packZeros(box.images, column, tileBytes, start - from, enter - from);
        if (enter < leave) {
          packRows(p + ((<usize>enter) << 2), imageBytes, box.images, column, tileBytes, enter - from, leave - enter);
        }
        packZeros(box.images, column, tileBytes, leave - from, end - from);
      }
      column += <usize>(box.images * TILE_STEP);
    }
  }
}

/** Packs `count` floats of each of `images` images, as filter rows from the group's row `row` on. */
function packRows(
  p: usize, imageBytes: usize, images: i32, column: usize, tileBytes: usize, row: i32, count: i32,
): void {
  const lane = row % ROWS;
  const head = lane ? min(ROWS - lane, count) : 0;
  const body = (count - head) / ROWS, tail = (count - head) % ROWS;
  const headBytes = (<usize>head) << 2;
  let first = column + <usize>(row / ROWS) * tileBytes;
  for (; images > 0; images--) {
    let to = first, q = p;
    if (head) {
      copyFew(to + ((<usize>lane) << 2), q, head);
      to += tileBytes;
      q += headBytes;
    }
    for (let i = body; i > 0; i--) {
      v128.store(to, v128.load(q));
      store<u64>(to, load<u64>(q, 16), 16);
      to += tileBytes;
      q += TILE_STEP;
    }
    copyFew(to, q, tail);
    first += TILE_STEP;
    p += imageBytes;
  }
}

/** Copies up to five floats. */
// @ts-ignore: decorator
@inline
function copyFew(to: usize, from: usize, count: i32): void {
  if (count & 4) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
  if (count & 2) {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  }
  if (count & 1) store<f32>(to, load<f32>(from));
}

/** The group's rows [row, end) are zero in `images` images. */
function packZeros(images: i32, column: usize, tileBytes: usize, row: i32, end: i32): void {
  for (; row < end; row++) {
    let to = column + <usize>(row / ROWS) * tileBytes + ((<usize>(row % ROWS)) << 2);
    for (let image = images; image > 0; image--, to += TILE_STEP) store<f32>(to, 0);
  }
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
