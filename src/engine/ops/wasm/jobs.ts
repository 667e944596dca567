/** Parameter blocks of the long-running kernels, as assembly/conv.ts and assembly/filterGrad.ts lay them out. */

export interface ConvJob {
  source: number;
  target: number;
  panels: number;
  taps: number;
  tapCount: number;
  zeros: number;
  height: number;
  width: number;
  channels: number;
  span: number;
  gridHeight: number;
  gridWidth: number;
  strideY: number;
  strideX: number;
  targetHeight: number;
  targetWidth: number;
  filters: number;
  targetStrideY: number;
  targetStrideX: number;
  targetY: number;
  targetX: number;
}

export interface FilterJob {
  source: number;
  target: number;
  panels: number;
  zeros: number;
  height: number;
  width: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  strideY: number;
  strideX: number;
  top: number;
  left: number;
  kernelHeight: number;
  kernelWidth: number;
  filters: number;
  fromPosition: number;
  toPosition: number;
  accumulate: number;
}

/** Rows and columns of a micro-kernel's tile, and the scratch bytes of one: as in assembly/tile.ts. */
export const ROWS = 6;
export const COLUMNS = 8;
const TILE_SCRATCH = 32 + 192;

/** Row tiles of A that pass over the panels together: as many as stay in the second-level cache beside B. */
const GROUP_BYTES = 96 * 1024;
const MAX_GROUP_TILES = 32;

export function groupTiles(tapCount: number, floatsPerTap: number): number {
  const tileBytes = ROWS * tapCount * floatsPerTap * 4;
  return Math.min(MAX_GROUP_TILES, Math.max(1, Math.floor(GROUP_BYTES / Math.max(1, tileBytes))));
}

export function convScratchBytes(tapCount: number, floatsPerTap: number): number {
  return groupTiles(tapCount, floatsPerTap) * (TILE_SCRATCH + ROWS * tapCount * (4 + 4 * floatsPerTap));
}

/** In the order of the class ConvJob of assembly/conv.ts. */
export function convJobWords(job: ConvJob): number[] {
  return [
    job.source,
    job.target,
    job.panels,
    job.taps,
    job.tapCount,
    job.zeros,
    job.height,
    job.width,
    job.channels,
    job.span,
    job.gridHeight,
    job.gridWidth,
    job.strideY,
    job.strideX,
    job.targetHeight,
    job.targetWidth,
    job.filters,
    job.targetStrideY,
    job.targetStrideX,
    job.targetY,
    job.targetX,
    groupTiles(job.tapCount, job.span * job.channels),
  ];
}

/** Positions in a block: a packed tile (24 bytes a position) and a panel (32) share a 32 kB first-level cache. */
export const BLOCK_POSITIONS = 448;
/** Filter rows packed together: 16 tiles of a block, which the second-level cache holds beside the panels. */
export const FILTER_ROWS = 96;

export function filterScratchBytes(segment: number, positions: number): number {
  const depth = Math.min(BLOCK_POSITIONS, positions);
  return TILE_SCRATCH + 4 * (segment + 4) + 24 * Math.ceil(FILTER_ROWS / ROWS) * depth;
}

/** In the order of the class FilterJob of assembly/filterGrad.ts. */
export function filterJobWords(job: FilterJob): number[] {
  return [
    job.source,
    job.target,
    job.panels,
    job.zeros,
    job.height,
    job.width,
    job.channels,
    job.outHeight,
    job.outWidth,
    job.strideY,
    job.strideX,
    job.top,
    job.left,
    job.kernelHeight,
    job.kernelWidth,
    job.filters,
    job.fromPosition,
    job.toPosition,
    BLOCK_POSITIONS,
    job.accumulate,
  ];
}

/** Floats of a panel-packed matrix. */
export const panelFloats = (depth: number, columns: number) => depth * Math.ceil(columns / COLUMNS) * COLUMNS;
