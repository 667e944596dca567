// The micro-kernels: a tile of 6 rows and 8 columns of a matrix product, in twelve vector accumulators.
// 12 accumulators + 2 of B + 1 of A is what x86's sixteen vector registers hold; 6x8 measured fastest of
// 4x8, 5x8, 6x8, 8x4, 4x12 and 3x16.
import { copyFloats, leaky, madd } from './simd';

/** Rows of a tile. */
export const ROWS: i32 = 6;
/** Columns of a tile, and of a packed panel of B. */
export const COLUMNS: i32 = 8;
/** Bytes of one step in depth of a packed panel of B, and of a packed tile of A. */
export const PANEL_STEP: i32 = 32;
export const TILE_STEP: i32 = 24;
/** Bytes of a tile that is stored apart, because the output has fewer columns or rows left. */
export const SPILL: i32 = 192;
/** Bytes of an entry of tileDirect's list. */
export const ENTRY: i32 = 32;

/**
 * Six rows of A, read where they lie, times one packed panel of B: outputs = leaky(bias + A B).
 *
 * @param list `taps` entries: six pointers to as many rows' floats, how many bytes from there on are read, and where in
 *   the panel their part begins, in bytes
 * @param outputs six pointers to rows of the output, then SPILL bytes. Rows may be the same, if those of A are
 * @param column first column of the panel
 * @param columns columns left of the output; fewer than 8 store a part of the tile
 * @param bias a float for each column, padded to whole panels
 */
export function tileDirect(
  list: usize, taps: i32, panels: usize, outputs: usize, column: i32, columns: i32, bias: usize, slope: f32,
): void {
  const offset = (<usize>column) << 2;
  let c00 = v128.load(bias + offset), c01 = v128.load(bias + offset, 16);
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01, c40 = c00, c41 = c01, c50 = c00, c51 = c01;
  let b0: v128, b1: v128, s: v128;
  for (let tap = 0; tap < taps; tap++) {
    let a0 = load<usize>(list, 0), a1 = load<usize>(list, 4), a2 = load<usize>(list, 8);
    let a3 = load<usize>(list, 12), a4 = load<usize>(list, 16), a5 = load<usize>(list, 20);
    const end = a0 + load<usize>(list, 24), end4 = a0 + (load<usize>(list, 24) & ~15);
    let panel = panels + load<usize>(list, 28);
    list += ENTRY;
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
  if (slope != 1) {
    s = f32x4.splat(slope);
    c00 = leaky(c00, s), c01 = leaky(c01, s), c10 = leaky(c10, s), c11 = leaky(c11, s);
    c20 = leaky(c20, s), c21 = leaky(c21, s), c30 = leaky(c30, s), c31 = leaky(c31, s);
    c40 = leaky(c40, s), c41 = leaky(c41, s), c50 = leaky(c50, s), c51 = leaky(c51, s);
  }
  if (columns >= COLUMNS) {
    storeRow(load<usize>(outputs, 0) + offset, c00, c01);
    storeRow(load<usize>(outputs, 4) + offset, c10, c11);
    storeRow(load<usize>(outputs, 8) + offset, c20, c21);
    storeRow(load<usize>(outputs, 12) + offset, c30, c31);
    storeRow(load<usize>(outputs, 16) + offset, c40, c41);
    storeRow(load<usize>(outputs, 20) + offset, c50, c51);
  } else {
    const spill = outputs + 24;
    storeRow(spill, c00, c01);
    storeRow(spill + 32, c10, c11);
    storeRow(spill + 64, c20, c21);
    storeRow(spill + 96, c30, c31);
    storeRow(spill + 128, c40, c41);
    storeRow(spill + 160, c50, c51);
    storePart(outputs, offset, spill, columns);
  }
}

// @ts-ignore: decorator
@inline
function storeRow(p: usize, low: v128, high: v128): void {
  v128.store(p, low);
  v128.store(p, high, 16);
}

/** Copies the spilled tile's first `columns` columns to their places. */
function storePart(outputs: usize, offset: usize, spill: usize, columns: i32): void {
  for (let row: usize = 0; row < <usize>ROWS; row++) {
    copyFloats(load<usize>(outputs + (row << 2)) + offset, spill + (row << 5), columns);
  }
}
