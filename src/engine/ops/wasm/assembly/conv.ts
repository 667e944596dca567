// Convolution as a matrix product without an im2col buffer: the rows of A are found by pointer.
// The same kernel is the forward convolution, each stride phase of its input gradient, and (as a 1x1 convolution of a
// one-row image) the plain matrix product.
import { COLUMNS, PANEL_STEP, ROWS, TILE_SCRATCH, tileDirect } from './tile';
import { windowRow } from './window';

/** Fields in the order in which convJob.ts writes them, four bytes each. */
@unmanaged
export class ConvJob {
  /** [batch, height, width, channels] */
  source: usize;
  /** [batch, targetHeight, targetWidth, filters] */
  target: usize;
  /** Filter, packed by packPanels with taps * span * channels steps. */
  panels: usize;
  /** tapCount pairs (dy, dx): where a tap starts, from a position's corner. */
  taps: usize;
  tapCount: i32;
  /** span * channels zeros. */
  zeros: usize;
  height: i32;
  width: i32;
  channels: i32;
  /** Pixels that a tap reads, along x. */
  span: i32;
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
  /** Row tiles that share one pass over the panels. */
  groupTiles: i32;
}

/**
 * Computes positions [from, to), counted over the batch. Any split of the positions gives the same bits.
 *
 * @param scratch groupTiles * (TILE_SCRATCH + 6 * tapCount * (4 + 4 * span * channels)) bytes, 16-byte aligned
 */
export function convRows(job: ConvJob, scratch: usize, from: i32, to: i32): void {
  const source = job.source, target = job.target, taps = job.taps, zeros = job.zeros;
  const tapCount = job.tapCount, span = job.span;
  const height = job.height, width = job.width, channels = job.channels;
  const gridHeight = job.gridHeight, gridWidth = job.gridWidth, filters = job.filters;
  const floats = span * channels;
  const imageBytes = (<usize>(height * width * channels)) << 2;
  const panelBytes = <usize>(tapCount * floats * PANEL_STEP);
  const pointerBytes = <usize>(tapCount * ROWS * 4);
  const edgeBytes = span > 1 ? (<usize>floats) << 2 : 0;
  const groupTiles = job.groupTiles;
  const pointersBase = scratch + <usize>(groupTiles * TILE_SCRATCH);
  const edgesBase = pointersBase + <usize>groupTiles * pointerBytes;

  for (let group = from; group < to; group += groupTiles * ROWS) {
    const groupEnd = min(to, group + groupTiles * ROWS);
    let outputs = scratch, pointers = pointersBase, edge = edgesBase;
    for (let first = group; first < groupEnd; first += ROWS) {
      for (let i = 0; i < ROWS; i++) {
        // Rows past the end read the last row again; their results are not stored.
        const position = min(first + i, groupEnd - 1);
        const column = position % gridWidth;
        const line = (position / gridWidth) % gridHeight;
        const image = position / (gridWidth * gridHeight);
        const ty = line * job.targetStrideY + job.targetY;
        const tx = column * job.targetStrideX + job.targetX;
        const pixel = (image * job.targetHeight + ty) * job.targetWidth + tx;
        store<usize>(outputs + ((<usize>i) << 2), target + ((<usize>(pixel * filters)) << 2));
        const imageStart = source + <usize>image * imageBytes;
        const y = line * job.strideY, x = column * job.strideX;
        let slot = pointers + ((<usize>i) << 2);
        for (let tap = 0; tap < tapCount; tap++) {
          const at = taps + ((<usize>tap) << 3);
          const tapY = y + load<i32>(at), tapX = x + load<i32>(at, 4);
          store<usize>(slot, windowRow(imageStart, tapY, tapX, span, height, width, channels, zeros, edge));
          slot += ROWS * 4;
          edge += edgeBytes;
        }
      }
      outputs += TILE_SCRATCH;
      pointers += pointerBytes;
    }
    let panel = job.panels;
    for (let column = 0; column < filters; column += COLUMNS) {
      outputs = scratch, pointers = pointersBase;
      for (let first = group; first < groupEnd; first += ROWS) {
        const rows = min(ROWS, groupEnd - first);
        tileDirect(pointers, tapCount, floats, panel, outputs, column, filters - column, rows, false);
        outputs += TILE_SCRATCH;
        pointers += pointerBytes;
      }
      panel += panelBytes;
    }
  }
}

/**
 * Adds columns [batch * outHeight * outWidth, kernelHeight * kernelWidth * channels] of images [fromImage, toImage) to
 * their places in target [batch, height, width, channels], which it clears first: the last step of an input gradient
 * whose channels are too few to fill a tile.
 */
export function columnsToImages(
  columns: usize, target: usize, fromImage: i32, toImage: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, outWidth: i32, kernelHeight: i32, kernelWidth: i32,
  strideY: i32, strideX: i32, top: i32, left: i32,
): void {
  const imageBytes = (<usize>(height * width * channels)) << 2;
  const segment = (<usize>(kernelWidth * channels)) << 2;
  for (let image = fromImage; image < toImage; image++) {
    const start = target + <usize>image * imageBytes;
    memory.fill(start, 0, imageBytes);
    for (let line = 0; line < outHeight; line++) {
      for (let column = 0; column < outWidth; column++) {
        const x = column * strideX - left;
        const first = max(x, 0), last = min(x + kernelWidth, width);
        for (let row = 0; row < kernelHeight; row++) {
          const y = line * strideY - top + row;
          if (<u32>(y) < <u32>(height) && first < last) {
            const from = columns + ((<usize>((first - x) * channels)) << 2);
            addFloats(start + ((<usize>((y * width + first) * channels)) << 2), from, (last - first) * channels);
          }
          columns += segment;
        }
      }
    }
  }
}

/** target += source, `count` floats. */
// @ts-ignore: decorator
@inline
function addFloats(target: usize, source: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; i < count; i++) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}
