// Packing B into panels of eight columns, so that a micro-kernel reads it in one straight line.
import { COLUMNS, PANEL_STEP } from './tile';

/**
 * Packs the matrix whose element (tap, k, n) is source[tapOffsets[tap] + k * rowStride + n * columnStride] into
 * ceil(columns / 8) panels, each taps * depth steps of eight floats; missing columns are zero.
 * Offsets and strides are in floats.
 */
export function packPanels(
  target: usize, source: usize, taps: i32, tapOffsets: usize,
  depth: i32, columns: i32, rowStride: i32, columnStride: i32,
): void {
  for (let column = 0; column < columns; column += COLUMNS) {
    const count = min(COLUMNS, columns - column);
    for (let tap = 0; tap < taps; tap++) {
      const offset = load<i32>(tapOffsets + ((<usize>tap) << 2)) + column * columnStride;
      const from = source + ((<usize>offset) << 2);
      if (count == COLUMNS && columnStride == 1) packRows(target, from, depth, rowStride);
      else if (count == COLUMNS && rowStride == 1) packTransposed(target, from, depth, columnStride);
      else packAny(target, from, depth, count, rowStride, columnStride);
      target += <usize>(depth * PANEL_STEP);
    }
  }
}

/** Eight neighbouring floats a step. */
function packRows(target: usize, from: usize, depth: i32, rowStride: i32): void {
  for (let k = 0; k < depth; k++) {
    v128.store(target, v128.load(from));
    v128.store(target, v128.load(from, 16), 16);
    target += PANEL_STEP;
    from += (<usize>rowStride) << 2;
  }
}

/** Eight columns, each contiguous in depth: 4x4 blocks are transposed in registers. */
function packTransposed(target: usize, from: usize, depth: i32, columnStride: i32): void {
  const stride = (<usize>columnStride) << 2;
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    transpose4(target, from, stride);
    transpose4(target + 16, from + 4 * stride, stride);
    target += 4 * PANEL_STEP;
    from += 16;
  }
  packAny(target, from, depth - k, COLUMNS, 1, columnStride);
}

// @ts-ignore: decorator
@inline
function transpose4(target: usize, from: usize, stride: usize): void {
  const a = v128.load(from), b = v128.load(from + stride);
  const c = v128.load(from + 2 * stride), d = v128.load(from + 3 * stride);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), PANEL_STEP);
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 2 * PANEL_STEP);
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 3 * PANEL_STEP);
}

function packAny(target: usize, from: usize, depth: i32, count: i32, rowStride: i32, columnStride: i32): void {
  for (let k = 0; k < depth; k++) {
    let p = from;
    for (let i = 0; i < count; i++) {
      store<f32>(target + ((<usize>i) << 2), load<f32>(p));
      p += (<usize>columnStride) << 2;
    }
    for (let i = count; i < COLUMNS; i++) store<f32>(target + ((<usize>i) << 2), 0);
    target += PANEL_STEP;
    from += (<usize>rowStride) << 2;
  }
}
