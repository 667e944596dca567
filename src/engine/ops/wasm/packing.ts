import { KERNEL } from './kernelIds.ts';
import { type JobFields, jobBytes, writeJob, writeJobs } from './layouts.ts';
import { type KernelRuntime, parallel } from './runtime.ts';
import { COLUMNS, copyGrain } from './tiles.ts';

/** A matrix, or one tap of a filter: see assembly/pack.ts. */
export type Part = JobFields<'Part'>;

/** Bytes of scratch for what {@link pack} writes beside its target. */
export const packBytes = (parts: number) => jobBytes('PackJob') + parts * jobBytes('Part');

/** All of a matrix as one part. */
export const wholePart = (depth: number): Part => ({ from: 0, to: 0, panelBytes: 4 * COLUMNS * depth });

/** Packs parts of B, which have the same size and strides, into panels. */
export function pack(
  runtime: KernelRuntime,
  scratch: number,
  matrix: Omit<JobFields<'PackJob'>, 'parts'>,
  parts: readonly Part[],
): void {
  const table = scratch + jobBytes('PackJob');
  writeJob(runtime.heap, scratch, 'PackJob', { ...matrix, parts: table });
  writeJobs(runtime.heap, table, 'Part', parts);
  const units = parts.length * Math.ceil(matrix.columns / COLUMNS);
  parallel(runtime, KERNEL.packPanels, scratch, units, copyGrain(COLUMNS * matrix.depth), 0);
}
