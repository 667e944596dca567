// The micro-kernel of tile.ts for an A that has been packed too.
import { copyFloats, madd } from './simd';
import { COLUMNS, PANEL_STEP, ROWS, TILE_STEP } from './tile';

/**
 * A packed tile of A (6 floats a step) times one packed panel of B. Of their steps only those of `lines` runs of `length`
 * count, each `stride` steps after the one before: the others are known to be zero.
 *
 * @param from the six rows to add to, as far apart as `target`'s; 0 starts from zero
 * @param target six rows of the output, `rowBytes` from one to the next
 * @param rows rows, and `columns` columns, that the output has there; fewer than 6 and 8 store a part of the tile
 * @param spill SPILL bytes
 */
export function tilePacked(
  tile: usize, panel: usize, lines: i32, length: i32, stride: i32,
  from: usize, target: usize, rowBytes: usize, rows: i32, columns: i32, spill: usize,
): void {
  const whole = rows == ROWS && columns >= COLUMNS;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  if (from) {
    let p = from, step = rowBytes;
    if (!whole) {
      copyPart(spill, 32, from, rowBytes, rows, columns);
      p = spill;
      step = 32;
    }
    c00 = v128.load(p), c01 = v128.load(p, 16), p += step;
    c10 = v128.load(p), c11 = v128.load(p, 16), p += step;
    c20 = v128.load(p), c21 = v128.load(p, 16), p += step;
    c30 = v128.load(p), c31 = v128.load(p, 16), p += step;
    c40 = v128.load(p), c41 = v128.load(p, 16), p += step;
    c50 = v128.load(p), c51 = v128.load(p, 16);
  }
  let b0: v128, b1: v128, s: v128;
  for (let line = 0; line < lines; line++) {
    let a = tile + <usize>(line * stride * TILE_STEP), b = panel + <usize>(line * stride * PANEL_STEP);
    const end4 = b + <usize>((length & ~3) * PANEL_STEP), end = b + <usize>(length * PANEL_STEP);
    while (b < end4) {
      b0 = v128.load(b, 0), b1 = v128.load(b, 16);
      s = v128.load_splat<f32>(a, 0), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a, 4), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a, 8), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a, 12), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a, 16), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a, 20), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      b0 = v128.load(b, 32), b1 = v128.load(b, 48);
      s = v128.load_splat<f32>(a, 24), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a, 28), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a, 32), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a, 36), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a, 40), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a, 44), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      b0 = v128.load(b, 64), b1 = v128.load(b, 80);
      s = v128.load_splat<f32>(a, 48), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a, 52), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a, 56), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a, 60), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a, 64), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a, 68), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      b0 = v128.load(b, 96), b1 = v128.load(b, 112);
      s = v128.load_splat<f32>(a, 72), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a, 76), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a, 80), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a, 84), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a, 88), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a, 92), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      a += 4 * TILE_STEP;
      b += 4 * PANEL_STEP;
    }
    while (b < end) {
      b0 = v128.load(b, 0), b1 = v128.load(b, 16);
      s = v128.load_splat<f32>(a, 0), c00 = madd(s, b0, c00), c01 = madd(s, b1, c01);
      s = v128.load_splat<f32>(a, 4), c10 = madd(s, b0, c10), c11 = madd(s, b1, c11);
      s = v128.load_splat<f32>(a, 8), c20 = madd(s, b0, c20), c21 = madd(s, b1, c21);
      s = v128.load_splat<f32>(a, 12), c30 = madd(s, b0, c30), c31 = madd(s, b1, c31);
      s = v128.load_splat<f32>(a, 16), c40 = madd(s, b0, c40), c41 = madd(s, b1, c41);
      s = v128.load_splat<f32>(a, 20), c50 = madd(s, b0, c50), c51 = madd(s, b1, c51);
      a += TILE_STEP;
      b += PANEL_STEP;
    }
  }
  let p = whole ? target : spill;
  const step = whole ? rowBytes : 32;
  v128.store(p, c00), v128.store(p, c01, 16), p += step;
  v128.store(p, c10), v128.store(p, c11, 16), p += step;
  v128.store(p, c20), v128.store(p, c21, 16), p += step;
  v128.store(p, c30), v128.store(p, c31, 16), p += step;
  v128.store(p, c40), v128.store(p, c41, 16), p += step;
  v128.store(p, c50), v128.store(p, c51, 16);
  if (!whole) copyPart(target, rowBytes, spill, 32, rows, columns);
}

/** Copies `columns` floats, up to eight, of each of `rows` rows. */
function copyPart(to: usize, toBytes: usize, from: usize, fromBytes: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    copyFloats(to, from, min(columns, COLUMNS));
    to += toBytes;
    from += fromBytes;
  }
}
