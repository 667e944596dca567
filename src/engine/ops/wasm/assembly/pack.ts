// Packing B into panels of eight columns, so that a micro-kernel reads it in one straight line.
import { COLUMNS, PANEL_STEP } from './tile';

@unmanaged
class PackJob {
  source: usize;
  target: usize;
  /** Some times Part. */
  parts: usize;
  depth: i32;
  columns: i32;
  rowStride: i32;
  columnStride: i32;
}

/** A part of B, which has `depth` rows and all columns: a matrix, or one tap of a filter. */
@unmanaged
class Part {
  /** Its first element, in floats from the source. */
  from: i32;
  /** Where it goes in its first panel, and from one of its panels to the next, in bytes. */
  to: i32;
  panelBytes: i32;
}

/**
 * Packs panels [from, to), counted part by part. Element (k, n) of a part is source[part.from + k * rowStride + n *
 * columnStride]; a panel is `depth` steps of eight floats, of which missing columns are zero.
 */
export function packPanels(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<PackJob>(at);
  const panels = (job.columns + COLUMNS - 1) / COLUMNS;
  for (let unit = from; unit < to; unit++) {
    const part = changetype<Part>(job.parts + <usize>(unit / panels) * offsetof<Part>());
    const panel = unit % panels;
    const first = part.from + panel * COLUMNS * job.columnStride;
    const target = job.target + <usize>part.to + <usize>(panel * part.panelBytes);
    packPanel(
      target, job.source + ((<usize>first) << 2), job.depth, job.columns - panel * COLUMNS, job.rowStride,
      job.columnStride,
    );
  }
}

/** Packs `depth` rows of up to eight of the `columns` columns that are left. */
export function packPanel(
  target: usize, from: usize, depth: i32, columns: i32, rowStride: i32, columnStride: i32,
): void {
  if (columns >= COLUMNS && columnStride == 1) packRows(target, from, depth, rowStride);
  else if (columns >= COLUMNS && rowStride == 1) packTransposed(target, from, depth, columnStride);
  else packAny(target, from, depth, min(columns, COLUMNS), rowStride, columnStride);
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
