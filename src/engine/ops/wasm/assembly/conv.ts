// Convolution as a matrix product without an im2col buffer: the rows of A are found by pointer.
// The same kernel is the forward convolution, the stride phases of its input gradient, and (as a 1x1 convolution of images
// of one pixel) the plain matrix product.
//
// Positions are counted with the image innermost: the rows of a tile then mostly stand at the same place of different
// images, and a pixel that falls outside the image there does so for all six rows and is left out.
import { copyFloats } from './simd';
import { COLUMNS, ENTRY, ROWS, SPILL, tileDirect } from './tile';

@unmanaged
export class ConvJob {
  /** [batch, height, width, channels] */
  source: usize;
  /** [batch, targetHeight, targetWidth, filters] */
  target: usize;
  /** The filter, packed into panels of `depth` steps (pack.ts). */
  panels: usize;
  /** A float for each filter, padded to whole panels. */
  bias: usize;
  slope: f32;
  /** lineCount times Line. */
  lines: usize;
  lineCount: i32;
  /** Steps of a panel. */
  depth: i32;
  /** As many zeros as a pixel has channels. */
  zeros: usize;
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  /** Positions computed in each image, and the source pixels from one to the next. */
  gridHeight: i32;
  gridWidth: i32;
  strideY: i32;
  strideX: i32;
  targetHeight: i32;
  targetWidth: i32;
  filters: i32;
  /** Position (i, j) is written to (targetY + i * targetStrideY, targetX + j * targetStrideX). */
  targetStrideY: i32;
  targetStrideX: i32;
  targetY: i32;
  targetX: i32;
  /** Whether all lines are copied together first: with few channels, they are too short to stream. */
  windows: i32;
  /** Row tiles that share one pass over the panels, and bytes of scratch of each. */
  groupTiles: i32;
  tileBytes: i32;
  /** Units of this job, and of how many more jobs the units follow: the other stride phases of an input gradient. */
  tiles: i32;
  more: i32;
}

/** Neighbouring pixels of the source that a position reads: a row of the filter. */
@unmanaged
class Line {
  /** The first of them, from the position's corner. */
  dy: i32;
  dx: i32;
  pixels: i32;
  /** Where their steps begin in a panel, in bytes. */
  panel: i32;
}

// A tile's scratch: six output pointers and the spilled tile, the number of entries of its list, the list for tileDirect,
// and room for windows.
const COUNT: usize = 24 + <usize>SPILL;
const LIST: usize = COUNT + 4;

/** Tiles [from, to), counted through this job and those after it. */
export function convTiles(at: usize, scratch: usize, from: i32, to: i32): void {
  let job = changetype<ConvJob>(at);
  for (;;) {
    const tiles = job.tiles;
    if (from < tiles) {
      const positions = job.batch * job.gridHeight * job.gridWidth;
      convRange(job, job.source, job.target, positions, scratch, from, min(to, tiles));
    }
    if (job.more == 0 || to <= tiles) return;
    from = max(from - tiles, 0);
    to -= tiles;
    job = changetype<ConvJob>(changetype<usize>(job) + offsetof<ConvJob>());
  }
}

/** Tiles [from, to) of one job, of which there are `positions` positions, from and to the given places. */
export function convRange(
  job: ConvJob, source: usize, target: usize, positions: i32, scratch: usize, from: i32, to: i32,
): void {
  const filters = job.filters;
  const tileBytes = <usize>job.tileBytes, panelBytes = (<usize>job.depth) << 5;
  for (let group = from; group < to; group += job.groupTiles) {
    const count = min(job.groupTiles, to - group);
    for (let i = 0; i < count; i++) {
      prepareTile(job, source, target, positions, scratch + <usize>i * tileBytes, (group + i) * ROWS);
    }
    let panel = job.panels;
    for (let column = 0; column < filters; column += COLUMNS) {
      let tile = scratch;
      for (let i = 0; i < count; i++) {
        const entries = load<i32>(tile + COUNT);
        tileDirect(tile + LIST, entries, panel, tile, column, filters - column, job.bias, job.slope);
        tile += tileBytes;
      }
      panel += panelBytes;
    }
  }
}

/** Fills a tile's scratch for the six positions from `first` on. Past the end, the last position stands in again. */
function prepareTile(
  job: ConvJob, source: usize, target: usize, positions: i32, tile: usize, first: i32,
): void {
  const batch = job.batch, gridWidth = job.gridWidth;
  const list = tile + LIST;
  const imageBytes = (<usize>(job.height * job.width * job.channels)) << 2;
  const targetBytes = (<usize>(job.targetHeight * job.targetWidth * job.filters)) << 2;
  let cell = first / batch, image = first - cell * batch;
  let line = cell / gridWidth, column = cell - line * gridWidth;
  if (job.windows) {
    store<i32>(tile + COUNT, 1);
    store<i32>(list, job.depth << 2, 24);
    store<i32>(list, 0, 28);
  }
  // As many rows at a time as stand at the same place of neighbouring images: all six, mostly.
  let row = 0;
  const end = min(ROWS, positions - first);
  while (row < end) {
    const alike = min(end - row, batch - image);
    const y = line * job.targetStrideY + job.targetY, x = column * job.targetStrideX + job.targetX;
    let output = target + <usize>image * targetBytes + ((<usize>((y * job.targetWidth + x) * job.filters)) << 2);
    for (let i = row; i < row + alike; i++) {
      store<usize>(tile + ((<usize>i) << 2), output);
      output += targetBytes;
    }
    const start = source + <usize>image * imageBytes;
    const sourceY = line * job.strideY, sourceX = column * job.strideX;
    if (job.windows) copyWindows(job, start, imageBytes, sourceY, sourceX, list, row, alike);
    else if (alike == ROWS) return listInside(job, start, imageBytes, sourceY, sourceX, tile);
    else listPixels(job, start, imageBytes, sourceY, sourceX, list, row, alike);
    row += alike;
    image = 0;
    if (++column == gridWidth) {
      column = 0;
      line++;
    }
  }
  for (; row < ROWS; row++) repeatRow(job, tile, (<usize>row) << 2);
  if (!job.windows) dropOutside(job, tile);
}

/** The list of a tile whose rows stand at the same place of six images: an entry for what is inside of each line. */
function listInside(job: ConvJob, image: usize, imageBytes: usize, y: i32, x: i32, tile: usize): void {
  const height = job.height, width = job.width;
  const pixelBytes = job.channels << 2;
  let at = job.lines, to = tile + LIST;
  for (let i = job.lineCount; i > 0; i--, at += offsetof<Line>()) {
    const line = changetype<Line>(at);
    const lineY = y + line.dy, left = x + line.dx;
    const first = max(-left, 0), count = min(line.pixels, width - left) - first;
    if (<u32>(lineY) >= <u32>(height) || count <= 0) continue;
    let p = image + <usize>((lineY * width + left + first) * pixelBytes);
    store<usize>(to, p, 0), p += imageBytes;
    store<usize>(to, p, 4), p += imageBytes;
    store<usize>(to, p, 8), p += imageBytes;
    store<usize>(to, p, 12), p += imageBytes;
    store<usize>(to, p, 16), p += imageBytes;
    store<usize>(to, p, 20);
    store<i32>(to, count * pixelBytes, 24);
    store<i32>(to, line.panel + ((first * pixelBytes) << 3), 28);
    to += ENTRY;
  }
  store<i32>(tile + COUNT, <i32>((to - tile - LIST) / ENTRY));
}

/**
 * Pointers of `count` rows from row `row` on, which stand at the same place of neighbouring images: an entry for each pixel
 * of each line, for other rows may have others of them inside.
 */
function listPixels(
  job: ConvJob, image: usize, imageBytes: usize, y: i32, x: i32, list: usize, row: i32, count: i32,
): void {
  const height = job.height, width = job.width;
  const pixelBytes = job.channels << 2;
  let at = job.lines;
  let slot = list + ((<usize>row) << 2);
  for (let i = job.lineCount; i > 0; i--, at += offsetof<Line>()) {
    const line = changetype<Line>(at);
    const lineY = y + line.dy;
    for (let pixel = 0; pixel < line.pixels; pixel++, slot += ENTRY) {
      const pixelX = x + line.dx + pixel;
      const inside = <u32>(lineY) < <u32>(height) && <u32>(pixelX) < <u32>(width);
      let p = inside ? image + <usize>((lineY * width + pixelX) * pixelBytes) : job.zeros;
      for (let j = 0; j < count; j++) {
        store<usize>(slot + ((<usize>j) << 2), p);
        if (inside) p += imageBytes;
      }
    }
  }
}

/** A row past the end is the row before it again: its output, and its pointers at byte `place` of each entry. */
function repeatRow(job: ConvJob, tile: usize, place: usize): void {
  store<usize>(tile + place, load<usize>(tile + place - 4));
  let at = job.lines;
  let slot = tile + LIST + place;
  for (let i = job.windows ? 0 : job.lineCount; i > 0; i--, at += offsetof<Line>()) {
    for (let pixel = changetype<Line>(at).pixels; pixel > 0; pixel--, slot += ENTRY) {
      store<usize>(slot, load<usize>(slot - 4));
    }
  }
  if (job.windows) store<usize>(slot, load<usize>(slot - 4));
}

/** Of the entries of listPixels, leaves out those that are outside the image for all six rows, and counts the others. */
function dropOutside(job: ConvJob, tile: usize): void {
  const zeros = job.zeros;
  const pixelBytes = job.channels << 2;
  let at = job.lines, from = tile + LIST, to = from;
  for (let i = job.lineCount; i > 0; i--, at += offsetof<Line>()) {
    const line = changetype<Line>(at);
    for (let pixel = 0; pixel < line.pixels; pixel++, from += ENTRY) {
      const p0 = load<usize>(from, 0), p1 = load<usize>(from, 4), p2 = load<usize>(from, 8);
      const p3 = load<usize>(from, 12), p4 = load<usize>(from, 16), p5 = load<usize>(from, 20);
      if (p0 == zeros && p1 == zeros && p2 == zeros && p3 == zeros && p4 == zeros && p5 == zeros) continue;
      store<usize>(to, p0, 0), store<usize>(to, p1, 4), store<usize>(to, p2, 8);
      store<usize>(to, p3, 12), store<usize>(to, p4, 16), store<usize>(to, p5, 20);
      store<i32>(to, pixelBytes, 24);
      store<i32>(to, line.panel + ((pixel * pixelBytes) << 3), 28);
      to += ENTRY;
    }
  }
  store<i32>(tile + COUNT, <i32>((to - tile - LIST) / ENTRY));
}

/** Copies the windows of `count` rows from row `row` on into the room behind the list's one entry. */
function copyWindows(
  job: ConvJob, image: usize, imageBytes: usize, y: i32, x: i32, list: usize, row: i32, count: i32,
): void {
  const height = job.height, width = job.width, channels = job.channels;
  const corner = changetype<Line>(job.lines);
  const floats = corner.pixels * channels, windowBytes = (<usize>job.depth) << 2;
  // Of a line of the window: what is left of the image, in it, and right of it.
  const left = x + corner.dx;
  const before = min(max(-left, 0) * channels, floats);
  const inside = max(min(floats, (width - left) * channels) - before, 0);
  const first = list + ENTRY + <usize>row * windowBytes;
  for (let i = 0; i < count; i++) store<usize>(list + ((<usize>(row + i)) << 2), first + <usize>i * windowBytes);
  for (let line = 0; line < job.lineCount; line++) {
    const at = y + corner.dy + line;
    let to = first + ((<usize>(line * floats)) << 2);
    let from = image + <usize>((((at * width + left) * channels) + before) << 2);
    const whole = <u32>(at) < <u32>(height);
    for (let i = 0; i < count; i++) {
      if (whole && inside == floats) {
        copyFloats(to, from, floats);
      } else if (whole) {
        clear(to, before);
        copyFloats(to + ((<usize>before) << 2), from, inside);
        clear(to + ((<usize>(before + inside)) << 2), floats - before - inside);
      } else {
        clear(to, floats);
      }
      to += windowBytes;
      from += imageBytes;
    }
  }
}

// @ts-ignore: decorator
@inline
function clear(to: usize, floats: i32): void {
  for (let i = 0; i < floats; i++) store<f32>(to + ((<usize>i) << 2), 0);
}
