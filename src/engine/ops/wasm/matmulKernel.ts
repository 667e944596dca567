import type * as tf from '@tensorflow/tfjs-core';
import type { SlopeAttrs } from '../fused.ts';
import { type Ending, endingBytes, matrixFields, runTiles, tileJobBytes, writeEnding } from './convTiles.ts';
import { type FilterSum, filterSum } from './filterKernel.ts';
import { KERNEL } from './kernelIds.ts';
import { jobBytes, writeJob } from './layouts.ts';
import { pack, packBytes, wholePart } from './packing.ts';
import { type KernelRuntime, parallel } from './runtime.ts';
import { panelBytes } from './tiles.ts';

/** One product C = op(A) op(B), all pointers; op transposes where asked. */
export interface Product {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export function product(runtime: KernelRuntime, p: Product): void {
  const { a, b, c, rows, depth } = p;
  if (p.columns === 1 && p.transposeA) columnsTimesVector(runtime, a, b, c, depth, rows);
  else if (p.columns === 1) rowsTimesVector(runtime, a, b, c, rows, depth);
  else if (p.transposeA) columnProduct(runtime, p);
  else rowProduct(runtime, p);
}

/** See `denseAct` in ../dense.ts. */
export function denseAct(
  runtime: KernelRuntime,
  x: tf.TensorInfo,
  kernel: tf.TensorInfo,
  bias: tf.TensorInfo,
  { slope }: SlopeAttrs,
): tf.TensorInfo {
  const { heap } = runtime;
  const [rows = 0, depth = 0] = x.shape;
  const columns = kernel.shape[1] ?? 0;
  const y = heap.output([rows, columns]);
  const [a, b, c] = [heap.pointer(x), heap.pointer(kernel), heap.pointer(y)];
  if (columns === 1) {
    rowsTimesVector(runtime, a, b, c, rows, depth, heap.pointer(bias), slope);
    return y;
  }
  rowProduct(runtime, { a, b, c, rows, depth, columns, transposeA: false, transposeB: false }, { bias, slope });
  return y;
}

/** Strip of columns that is a unit of dotColumns: as in assembly/vector.ts. */
const STRIP = 32;
/** Floats of a matrix that are read in about 20 microseconds. */
const GRAIN_FLOATS = 64 * 1024;

/** A matrix [rows, depth] times a vector, into `target`; then a bias of one float, if any, and the leaky ReLU. */
export function rowsTimesVector(
  runtime: KernelRuntime,
  matrix: number,
  vector: number,
  target: number,
  rows: number,
  depth: number,
  bias?: number,
  slope = 1,
): void {
  const { heap } = runtime;
  const [job, zero] = heap.scratch([jobBytes('DotJob'), 4]);
  heap.writeZeros(zero, 1);
  writeJob(heap, job, 'DotJob', { matrix, vector, target, depth, width: depth, bias: bias ?? zero, slope });
  parallel(runtime, KERNEL.dotRows, job, rows, Math.ceil(GRAIN_FLOATS / depth), 0);
}

/** The transpose of a matrix [depth, width] times a vector, into `target`. */
export function columnsTimesVector(
  runtime: KernelRuntime,
  matrix: number,
  vector: number,
  target: number,
  depth: number,
  width: number,
): void {
  const { heap } = runtime;
  const [job] = heap.scratch([jobBytes('DotJob')]);
  writeJob(heap, job, 'DotJob', { matrix, vector, target, depth, width, bias: 0, slope: 1 });
  parallel(runtime, KERNEL.dotColumns, job, Math.ceil(width / STRIP), Math.ceil(GRAIN_FLOATS / (STRIP * depth)), 0);
}

function stridesOfB({ depth, columns, transposeB }: Product) {
  return transposeB ? { rowStride: 1, columnStride: depth } : { rowStride: columns, columnStride: 1 };
}

function rowProduct(runtime: KernelRuntime, p: Product, ending?: Ending): void {
  const { heap } = runtime;
  const { rows, depth, columns } = p;
  const [packing, panels, end, jobs] = heap.scratch([
    packBytes(1),
    panelBytes(depth, columns),
    endingBytes(columns, 0),
    tileJobBytes(1, 1),
  ]);
  pack(runtime, packing, { source: p.b, target: panels, depth, columns, ...stridesOfB(p) }, [wholePart(depth)]);
  runTiles(runtime, jobs, [
    {
      ...matrixFields(rows, depth, columns),
      ...writeEnding(runtime, end, columns, 0, ending),
      source: p.a,
      target: p.c,
      panels,
    },
  ]);
}

/** A is stored [depth, rows]: the filter gradient of a 1x1 convolution over `depth` images of one pixel. */
function columnProduct(runtime: KernelRuntime, p: Product): void {
  const sum: FilterSum = {
    source: p.a,
    gradient: p.b,
    ...stridesOfB(p),
    batch: p.depth,
    height: 1,
    width: 1,
    channels: p.rows,
    filters: p.columns,
    outHeight: 1,
    outWidth: 1,
    strideY: 1,
    strideX: 1,
    top: 0,
    left: 0,
    kernelHeight: 1,
    kernelWidth: 1,
  };
  filterSum(runtime, sum, p.c);
}
