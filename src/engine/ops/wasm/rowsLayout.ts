import * as tf from '@tensorflow/tfjs-core';
import type { KernelHeap } from './heap.ts';
import type { KernelRuntime } from './runtime.ts';

/** Floats of a wide row at least: below, the loop over its vectors is too short to pay for itself. */
const WIDE_FLOATS = 32;
/** Floats across a unit, at most: as in assembly/rows.ts. */
const STRIP = 256;
/** Wide rows of a block at least, and blocks at most: the error of a sum of n grows with n / block + block. */
const BLOCK_ROWS = 64;
const BLOCKS = 256;
/** Floats that take about 20 microseconds. */
const GRAIN_FLOATS = 32 * 1024;

/** How assembly/rows.ts walks a tensor as rows of channels. */
export interface RowsLayout {
  /** What its jobs start with. */
  readonly fields: {
    readonly rows: number;
    readonly channels: number;
    readonly repeat: number;
    readonly blockRows: number;
  };
  readonly channels: number;
  readonly repeat: number;
  readonly wideBytes: number;
  /** Rows of partial sums: one for each block, and one for the rows left over if there are any. */
  readonly partials: number;
  readonly units: number;
  readonly grain: number;
}

export function rowsLayout(shape: readonly number[]): RowsLayout {
  const channels = shape[shape.length - 1] ?? 1;
  const rows = tf.util.sizeFromShape(shape.slice(0, -1));
  let repeat = 1;
  while ((repeat * channels) % 16 !== 0 || repeat * channels < WIDE_FLOATS) repeat *= 2;
  const wide = repeat * channels;
  const wideRows = Math.floor(rows / repeat);
  const blockRows = Math.max(BLOCK_ROWS, Math.ceil(wideRows / BLOCKS));
  const blocks = Math.ceil(wideRows / blockRows);
  const tail = rows % repeat === 0 ? 0 : 1;
  return {
    fields: { rows, channels, repeat, blockRows },
    channels,
    repeat,
    wideBytes: 4 * wide,
    partials: blocks + tail,
    units: blocks * Math.ceil(wide / STRIP) + tail,
    grain: Math.ceil(GRAIN_FLOATS / (blockRows * Math.min(wide, STRIP))),
  };
}

/** A per-channel vector repeated for a wide row, in `room` unless it serves as it is. */
export function widened(
  { code, heap }: KernelRuntime,
  vector: tf.TensorInfo,
  { channels, repeat }: RowsLayout,
  room: number,
): number {
  const pointer = heap.pointer(vector);
  if (repeat === 1) return pointer;
  code.widen(room, pointer, channels, repeat);
  return room;
}

/** Pointers of some tensors. */
export function pointers<const Tensors extends readonly tf.TensorInfo[]>(
  heap: KernelHeap,
  tensors: Tensors,
): { [Index in keyof Tensors]: number } {
  return tensors.map((tensor) => heap.pointer(tensor)) as { [Index in keyof Tensors]: number };
}
