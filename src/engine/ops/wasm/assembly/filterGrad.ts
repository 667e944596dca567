// Gradient of a convolution with respect to its filter: the product A^T B over all output positions, where A's rows are
// input windows and B's are output gradients. As a 1x1 convolution it is the matrix product with a transposed A.
import { packPanels } from './pack';
import { COLUMNS, PANEL_STEP, ROWS, TILE_SCRATCH, TILE_STEP, tilePacked } from './tile';
import { windowRow } from './window';

/** Fields in the order in which convJob.ts writes them, four bytes each. */
@unmanaged
export class FilterJob {
  /** [batch, height, width, channels] */
  source: usize;
  /** [kernelHeight, kernelWidth, channels, filters] */
  target: usize;
  /** Output gradient of positions [fromPosition, toPosition), packed by packDepthBlocks. */
  panels: usize;
  zeros: usize;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  strideY: i32;
  strideX: i32;
  top: i32;
  left: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  filters: i32;
  fromPosition: i32;
  toPosition: i32;
  /** Positions in one block: a packed tile and a panel of a block stay in the first-level cache together. */
  blockPositions: i32;
  /** Whether target already holds the sum over the positions before fromPosition. */
  accumulate: i32;
}

/**
 * Packs `depth` rows of B, in blocks of `blockDepth` rows, each block as packPanels would pack it.
 *
 * @param zeroOffset address of one i32 zero
 */
export function packDepthBlocks(
  target: usize, source: usize, zeroOffset: usize,
  depth: i32, columns: i32, rowStride: i32, columnStride: i32, blockDepth: i32,
): void {
  const paddedColumns = (columns + COLUMNS - 1) & ~(COLUMNS - 1);
  for (let start = 0; start < depth; start += blockDepth) {
    const block = min(blockDepth, depth - start);
    const from = source + ((<usize>(start * rowStride)) << 2);
    packPanels(target, from, 1, zeroOffset, block, columns, rowStride, columnStride);
    target += (<usize>(block * paddedColumns)) << 2;
  }
}

/**
 * Computes rows [fromRow, toRow) of the filter gradient, seen as a [kernelHeight * kernelWidth * channels, filters]
 * matrix. Sums run in one order, block by block, however the rows are split.
 *
 * @param scratch TILE_SCRATCH + 4 * kernelWidth * channels + 24 * ceil((toRow - fromRow) / 6) * blockPositions bytes
 */
export function filterRows(job: FilterJob, scratch: usize, fromRow: i32, toRow: i32): void {
  const filters = job.filters;
  const paddedFilters = (filters + COLUMNS - 1) & ~(COLUMNS - 1);
  const segment = job.kernelWidth * job.channels;
  const outputs = scratch;
  const edge = scratch + TILE_SCRATCH;
  const tiles = edge + ((<usize>((segment + 3) & ~3)) << 2);
  let accumulate: bool = job.accumulate != 0;
  let block = job.panels;
  for (let start = job.fromPosition; start < job.toPosition; start += job.blockPositions) {
    const depth = min(job.blockPositions, job.toPosition - start);
    packWindows(job, tiles, edge, start, depth, fromRow, toRow);
    const tileBytes = <usize>(depth * TILE_STEP), panelBytes = <usize>(depth * PANEL_STEP);
    let tile = tiles;
    for (let row = fromRow; row < toRow; row += ROWS) {
      const rows = min(ROWS, toRow - row);
      for (let i = 0; i < rows; i++) {
        store<usize>(outputs + ((<usize>i) << 2), job.target + ((<usize>((row + i) * filters)) << 2));
      }
      let panel = block;
      for (let column = 0; column < filters; column += COLUMNS) {
        tilePacked(tile, depth, panel, outputs, column, filters - column, rows, accumulate);
        panel += panelBytes;
      }
      tile += tileBytes;
    }
    accumulate = true;
    block += (<usize>(depth * paddedFilters)) << 2;
  }
}

/** Packs filter rows [fromRow, toRow) of the windows at `depth` positions from `start` on, six rows to a tile. */
function packWindows(
  job: FilterJob, tiles: usize, edge: usize, start: i32, depth: i32, fromRow: i32, toRow: i32,
): void {
  const height = job.height, width = job.width, channels = job.channels, kernelWidth = job.kernelWidth;
  const segment = kernelWidth * channels;
  const firstLine = fromRow / segment, lastLine = (toRow - 1) / segment;
  const tileBytes = <usize>(depth * TILE_STEP);
  let column = start % job.outWidth;
  let line = (start / job.outWidth) % job.outHeight;
  let image = start / (job.outWidth * job.outHeight);
  for (let k = 0; k < depth; k++) {
    const imageStart = job.source + ((<usize>(image * height * width * channels)) << 2);
    const x = column * job.strideX - job.left;
    let tile = tiles + <usize>(k * TILE_STEP);
    let lane = 0;
    for (let kernelLine = firstLine; kernelLine <= lastLine; kernelLine++) {
      const y = line * job.strideY - job.top + kernelLine;
      const first = max(fromRow - kernelLine * segment, 0);
      const last = min(toRow - kernelLine * segment, segment);
      let p = windowRow(imageStart, y, x, kernelWidth, height, width, channels, job.zeros, edge);
      const end = p + ((<usize>last) << 2);
      p += (<usize>first) << 2;
      while (p < end) {
        if (lane == 0 && p + TILE_STEP <= end) {
          v128.store(tile, v128.load(p));
          store<u64>(tile, load<u64>(p, 16), 16);
          tile += tileBytes;
          p += TILE_STEP;
        } else {
          store<f32>(tile + ((<usize>lane) << 2), load<f32>(p));
          p += 4;
          if (++lane == ROWS) {
            lane = 0;
            tile += tileBytes;
          }
        }
      }
    }
    if (++column == job.outWidth) {
      column = 0;
      if (++line == job.outHeight) {
        line = 0;
        image++;
      }
    }
  }
}
