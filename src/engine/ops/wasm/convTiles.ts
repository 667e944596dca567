import type * as tf from '@tensorflow/tfjs-core';
import { KERNEL } from './kernelIds.ts';
import { type JobFields, jobBytes, writeJob, writeJobs } from './layouts.ts';
import { type KernelRuntime, parallel } from './runtime.ts';
import { COLUMNS, productGrain, ROWS, tiling } from './tiles.ts';

/** What follows a sum before it is stored: leaky(sum + bias). */
export interface Ending {
  /** [filters] */
  readonly bias: tf.TensorInfo;
  readonly slope: number;
}

/** One product for assembly/conv.ts, whose class ConvJob tells its fields. */
export type TileJob = Omit<
  JobFields<'ConvJob'>,
  'lines' | 'lineCount' | 'windows' | 'groupTiles' | 'tileBytes' | 'tiles' | 'more'
> & {
  readonly lines: readonly JobFields<'Line'>[];
  readonly windows?: boolean;
};

const padded = (filters: number) => Math.ceil(filters / COLUMNS) * COLUMNS;

/** Bytes that {@link writeEnding} wants. */
export function endingBytes(filters: number, channels: number): number {
  return 4 * (padded(filters) + Math.max(padded(filters), channels));
}

/** The fields of a job for its ending, and the zeros that are read outside the image. */
export function writeEnding(
  { code, heap }: KernelRuntime,
  room: number,
  filters: number,
  channels: number,
  ending?: Ending,
) {
  const zeros = room + 4 * padded(filters);
  heap.writeZeros(zeros, Math.max(padded(filters), channels));
  if (!ending) return { zeros, bias: zeros, slope: 1 };
  const bias = heap.pointer(ending.bias);
  if (padded(filters) === filters) return { zeros, bias, slope: ending.slope };
  // What is past its end goes into columns that are not stored.
  code.widen(room, bias, filters, 1);
  return { zeros, bias: room, slope: ending.slope };
}

/** Bytes that {@link writeTileJobs} wants for this many jobs and lines of all of them together. */
export const tileJobBytes = (jobs: number, lines: number) => jobs * jobBytes('ConvJob') + lines * jobBytes('Line');

/** Writes jobs that are run as one. @returns bytes of scratch that a thread needs */
export function writeTileJobs({ heap }: KernelRuntime, pointer: number, jobs: readonly TileJob[]): number {
  let table = pointer + jobs.length * jobBytes('ConvJob');
  let most = 0;
  jobs.forEach((job, i) => {
    const { lines, windows = false } = job;
    const pixels = lines.reduce((sum, line) => sum + line.pixels, 0);
    const { groupTiles, tileBytes, scratchBytes } = tiling(pixels, job.depth, windows);
    most = Math.max(most, scratchBytes);
    const derived = {
      lines: table,
      lineCount: lines.length,
      windows: windows ? 1 : 0,
      groupTiles,
      tileBytes,
      tiles: tilesOf(job),
      more: jobs.length - 1 - i,
    };
    writeJob(heap, pointer + i * jobBytes('ConvJob'), 'ConvJob', derived, job);
    writeJobs(heap, table, 'Line', lines);
    table += lines.length * jobBytes('Line');
  });
  return most;
}

/** Row tiles of a job. */
function tilesOf({ batch, gridHeight, gridWidth }: TileJob): number {
  return Math.ceil((batch * gridHeight * gridWidth) / ROWS);
}

/** Runs jobs, which are written to `pointer` first. */
export function runTiles(runtime: KernelRuntime, pointer: number, jobs: readonly TileJob[]): void {
  const scratchBytes = writeTileJobs(runtime, pointer, jobs);
  const tiles = jobs.reduce((sum, job) => sum + tilesOf(job), 0);
  const flops = Math.max(...jobs.map(({ depth, filters }) => 2 * ROWS * depth * filters));
  parallel(runtime, KERNEL.convTiles, pointer, tiles, productGrain(flops), scratchBytes);
}

/** Of a matrix product [rows, depth] by [depth, columns]: a 1x1 convolution of images of one pixel. */
export function matrixFields(rows: number, depth: number, columns: number) {
  return {
    lines: [{ dy: 0, dx: 0, pixels: 1, panel: 0 }],
    depth,
    channels: depth,
    filters: columns,
    batch: rows,
    height: 1,
    width: 1,
    gridHeight: 1,
    gridWidth: 1,
    strideY: 1,
    strideX: 1,
    targetHeight: 1,
    targetWidth: 1,
    targetStrideY: 1,
    targetStrideX: 1,
    targetY: 0,
    targetX: 0,
  };
}
