// What the filter gradient (filterGrad.ts) multiplies: the output gradient as panels, and the input's windows as tiles, box by
// box of positions.
import { packPanel } from './pack';
import { COLUMNS, PANEL_STEP, ROWS, TILE_STEP } from './tile';

@unmanaged
export class FilterJob {
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
export class Box {
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
export function boxAt(job: FilterJob, index: i32): Box {
  return changetype<Box>(job.boxes + <usize>index * offsetof<Box>());
}

// @ts-ignore: decorator
@inline
export function positionsIn(box: Box): i32 {
  return box.lines * box.cells * box.images;
}

// @ts-ignore: decorator
@inline
export function padded(filters: i32): i32 {
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
export function packGradient(job: FilterJob, box: Box, target: usize): void {
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

/** Packs filter rows [from, to) of the windows at a box's positions, six rows to a tile. */
export function packWindows(job: FilterJob, box: Box, tiles: usize, from: i32, to: i32): void {
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
