/** Rows and columns of a micro-kernel's tile: as in assembly/tile.ts. */
export const ROWS = 6;
export const COLUMNS = 8;
/** Bytes of a tile that is stored apart, and of an entry of tileDirect's list. */
export const SPILL = 192;
const ENTRY = 32;

/** Bytes of a panel-packed matrix. */
export const panelBytes = (depth: number, columns: number) => 4 * depth * Math.ceil(columns / COLUMNS) * COLUMNS;

/** Floating-point operations, and floats copied, that take about 20 microseconds. */
const GRAIN_FLOPS = 600_000;
const GRAIN_COPIES = 32 * 1024;

/** Units worth another thread, given the operations, or the floats copied, in one. */
export const productGrain = (flops: number) => Math.ceil(GRAIN_FLOPS / Math.max(1, flops));
export const copyGrain = (floats: number) => Math.ceil(GRAIN_COPIES / Math.max(1, floats));

/** Bytes of A that pass over the panels together: as many as stay in the second-level cache beside B. */
const GROUP_BYTES = 96 * 1024;
const MAX_GROUP_TILES = 32;

/** How assembly/conv.ts groups tiles, and what each of them needs of a thread's scratch. */
export function tiling(pixels: number, depth: number, windows: boolean) {
  const listBytes = windows ? ENTRY + 4 * ROWS * depth : ENTRY * pixels;
  const tileBytes = 4 * ROWS + SPILL + 4 + listBytes;
  const fitting = Math.floor(GROUP_BYTES / (4 * ROWS * Math.max(1, depth)));
  const groupTiles = Math.min(MAX_GROUP_TILES, Math.max(1, fitting));
  return { groupTiles, tileBytes, scratchBytes: groupTiles * tileBytes };
}
