// The micro-kernels: a tile of 6 rows and 8 columns of a matrix product, in twelve vector accumulators.
// 12 accumulators + 2 of B + 1 of A is what x86's sixteen vector registers hold; 6x8 measured fastest of
// 4x8, 5x8, 6x8, 8x4, 4x12 and 3x16.
import { madd } from './simd';

/** Rows of a tile. */
export const ROWS: i32 = 6;
/** Columns of a tile, and of a packed panel of B. */
export const COLUMNS: i32 = 8;
/** Bytes of one step in depth of a packed panel of B, and of a packed tile of A. */
export const PANEL_STEP: i32 = 32;
export const TILE_STEP: i32 = 24;
/** Bytes of scratch a tile needs: six output pointers, and room to spill the tile. */
export const TILE_SCRATCH: i32 = 32 + 192;

/** Where a tile goes: `outputs` holds six row pointers, of which the first `rows` are real. */
// @ts-ignore: decorator
@inline
function storeTile(
  outputs: usize, column: i32, columns: i32, rows: i32, accumulate: bool,
  c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128,
  c30: v128, c31: v128, c40: v128, c41: v128, c50: v128, c51: v128,
): void {
  if (columns >= COLUMNS) {
    const offset: usize = (<usize>column) << 2;
    storeRow(load<usize>(outputs, 0) + offset, c00, c01, accumulate);
    if (rows > 1) storeRow(load<usize>(outputs, 4) + offset, c10, c11, accumulate);
    if (rows > 2) storeRow(load<usize>(outputs, 8) + offset, c20, c21, accumulate);
    if (rows > 3) storeRow(load<usize>(outputs, 12) + offset, c30, c31, accumulate);
    if (rows > 4) storeRow(load<usize>(outputs, 16) + offset, c40, c41, accumulate);
    if (rows > 5) storeRow(load<usize>(outputs, 20) + offset, c50, c51, accumulate);
  } else {
    const spill = outputs + 32;
    storeRow(spill, c00, c01, false);
    storeRow(spill + 32, c10, c11, false);
    storeRow(spill + 64, c20, c21, false);
    storeRow(spill + 96, c30, c31, false);
    storeRow(spill + 128, c40, c41, false);
    storeRow(spill + 160, c50, c51, false);
    storePart(outputs, column, columns, rows, accumulate);
  }
}

// @ts-ignore: decorator
@inline
function storeRow(p: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    v128.store(p, f32x4.add(v128.load(p), low));
    v128.store(p, f32x4.add(v128.load(p, 16), high), 16);
  } else {
    v128.store(p, low);
    v128.store(p, high, 16);
  }
}

/** Copies the spilled tile's first `columns` columns to their place. */
function storePart(outputs: usize, column: i32, columns: i32, rows: i32, accumulate: bool): void {
  for (let row = 0; row < rows; row++) {
    let to = load<usize>(outputs + ((<usize>row) << 2)) + ((<usize>column) << 2);
    let from = outputs + 32 + ((<usize>row) << 5);
    for (let i = 0; i < columns; i++) {
      const value = load<f32>(from);
      store<f32>(to, accumulate ? load<f32>(to) + value : value);
      from += 4;
      to += 4;
    }
  }
}

/**
 * Six rows of A, read where they lie, times one packed panel of B.
 *
 * @param pointers `taps` groups of six pointers; row i's values for tap t are the floats at pointer [t][i]
 * @param floats floats each pointer is good for; the panel is taps * floats steps deep
 * @param columns columns left of the output; fewer than 8 store a part of the tile
 */
export function tileDirect(
  pointers: usize, taps: i32, floats: i32, panel: usize,
  outputs: usize, column: i32, columns: i32, rows: i32, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  let b0: v128, b1: v128, s: v128;
  for (let tap = 0; tap < taps; tap++) {
    let a0 = load<usize>(pointers, 0), a1 = load<usize>(pointers, 4), a2 = load<usize>(pointers, 8);
    let a3 = load<usize>(pointers, 12), a4 = load<usize>(pointers, 16), a5 = load<usize>(pointers, 20);
    pointers += 24;
    const end4 = a0 + ((<usize>(floats >> 2)) << 4);
    const end = a0 + ((<usize>floats) << 2);
    while (a0 < end4) {
      b0 = v128.load(panel, 0), b1 = v128.load(panel, 16);
      s = v128.load_splat<f32>(a0, 0), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a1, 0), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a2, 0), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a3, 0), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a4, 0), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a5, 0), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      b0 = v128.load(panel, 32), b1 = v128.load(panel, 48);
      s = v128.load_splat<f32>(a0, 4), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a1, 4), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a2, 4), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a3, 4), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a4, 4), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a5, 4), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      b0 = v128.load(panel, 64), b1 = v128.load(panel, 80);
      s = v128.load_splat<f32>(a0, 8), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a1, 8), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a2, 8), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a3, 8), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a4, 8), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a5, 8), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      b0 = v128.load(panel, 96), b1 = v128.load(panel, 112);
      s = v128.load_splat<f32>(a0, 12), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a1, 12), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a2, 12), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a3, 12), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a4, 12), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a5, 12), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      a0 += 16, a1 += 16, a2 += 16, a3 += 16, a4 += 16, a5 += 16;
      panel += 4 * PANEL_STEP;
    }
    while (a0 < end) {
      b0 = v128.load(panel, 0), b1 = v128.load(panel, 16);
      s = v128.load_splat<f32>(a0, 0), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a1, 0), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a2, 0), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a3, 0), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a4, 0), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a5, 0), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      a0 += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4, a5 += 4;
      panel += PANEL_STEP;
    }
  }
  storeTile(outputs, column, columns, rows, accumulate, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51);
}

/** A packed tile of A (6 floats a step) times one packed panel of B, `depth` steps deep. */
export function tilePacked(
  tile: usize, depth: i32, panel: usize,
  outputs: usize, column: i32, columns: i32, rows: i32, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  let b0: v128, b1: v128, s: v128;
  const end4 = panel + <usize>((depth & ~3) * PANEL_STEP);
  const end = panel + <usize>(depth * PANEL_STEP);
  while (panel < end4) {
    b0 = v128.load(panel, 0), b1 = v128.load(panel, 16);
    s = v128.load_splat<f32>(tile, 0), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
    s = v128.load_splat<f32>(tile, 4), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
    s = v128.load_splat<f32>(tile, 8), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
    s = v128.load_splat<f32>(tile, 12), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
    s = v128.load_splat<f32>(tile, 16), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
    s = v128.load_splat<f32>(tile, 20), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
    b0 = v128.load(panel, 32), b1 = v128.load(panel, 48);
    s = v128.load_splat<f32>(tile, 24), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
    s = v128.load_splat<f32>(tile, 28), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
    s = v128.load_splat<f32>(tile, 32), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
    s = v128.load_splat<f32>(tile, 36), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
    s = v128.load_splat<f32>(tile, 40), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
    s = v128.load_splat<f32>(tile, 44), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
    b0 = v128.load(panel, 64), b1 = v128.load(panel, 80);
    s = v128.load_splat<f32>(tile, 48), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
    s = v128.load_splat<f32>(tile, 52), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
    s = v128.load_splat<f32>(tile, 56), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
    s = v128.load_splat<f32>(tile, 60), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
    s = v128.load_splat<f32>(tile, 64), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
    s = v128.load_splat<f32>(tile, 68), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
    b0 = v128.load(panel, 96), b1 = v128.load(panel, 112);
    s = v128.load_splat<f32>(tile, 72), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
    s = v128.load_splat<f32>(tile, 76), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
    s = v128.load_splat<f32>(tile, 80), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
    s = v128.load_splat<f32>(tile, 84), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
    s = v128.load_splat<f32>(tile, 88), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
    s = v128.load_splat<f32>(tile, 92), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
    tile += 4 * TILE_STEP;
    panel += 4 * PANEL_STEP;
  }
  while (panel < end) {
    b0 = v128.load(panel, 0), b1 = v128.load(panel, 16);
    s = v128.load_splat<f32>(tile, 0), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
    s = v128.load_splat<f32>(tile, 4), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
    s = v128.load_splat<f32>(tile, 8), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
    s = v128.load_splat<f32>(tile, 12), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
    s = v128.load_splat<f32>(tile, 16), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
    s = v128.load_splat<f32>(tile, 20), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
    tile += TILE_STEP;
    panel += PANEL_STEP;
  }
  storeTile(outputs, column, columns, rows, accumulate, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51);
}
