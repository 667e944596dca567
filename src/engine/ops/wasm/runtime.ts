import type { KernelExports } from './exports.ts';
import { align, type KernelHeap } from './heap.ts';
import { BLOCK_POSITIONS, FILTER_ROWS, type FilterJob, filterJobWords, panelFloats } from './jobs.ts';
import type { Pool } from './pool.ts';

/** What every kernel needs: the compiled code, the heap it works on, and helper threads where there are any. */
export interface KernelRuntime {
  readonly code: KernelExports;
  readonly heap: KernelHeap;
  pool?: Pool | undefined;
  /** Called when there are fewer threads than before. */
  onLoss?: () => void;
}

/** Thrown out of an op whose helper thread has stopped in the middle of its work: see {@link surviving}. */
class HelperLost extends Error {}

/**
 * Runs items [0, total) of a kernel, on as many threads as there are. Returns when all are done.
 *
 * A kernel writes only to memory that its own op took from the heap (outputs, scratch), and addresses that it reads from
 * an input are held within bounds: a helper thread that was lost may run on with inputs that are no longer there.
 *
 * @param kernel an id of kernelIds.ts: assembly's `run` calls the kernel of that number
 * @param job pointer to its parameter block, written before (heap.writeInts, heap.writeFloats)
 * @param grain the fewest items worth handing to another thread; ranges start at multiples of it. A total of one grain
 *   or less runs here alone
 * @param scratchBytes bytes of scratch that each thread gets for itself, 64-byte aligned; not zeroed, and not kept
 *   between ranges. It is no part of heap.scratch, whose pointers stay valid
 */
export function parallel(
  runtime: KernelRuntime,
  kernel: number,
  job: number,
  total: number,
  grain: number,
  scratchBytes: number,
): void {
  const { code, heap, pool } = runtime;
  if (!pool || total <= grain) {
    code.run(kernel, job, heap.threadScratch(scratchBytes), 0, total);
    return;
  }
  const scratch = heap.threadScratch(scratchBytes, pool.slots);
  if (pool.run(kernel, job, total, grain, scratch, align(scratchBytes))) return;
  pool.dispose();
  runtime.pool = undefined;
  runtime.onLoss?.();
  throw new HelperLost('a helper thread has stopped');
}

/**
 * Runs an op, and once more on this thread alone if a helper thread was lost. That one may be dead, or wake at any time and
 * finish what it was at: so it keeps the scratch and the outputs that the op had, and the op starts again with new ones.
 */
export function surviving<T>(runtime: KernelRuntime, op: () => T): T {
  try {
    return op();
  } catch (thrown) {
    if (!(thrown instanceof HelperLost)) throw thrown;
    runtime.heap.abandonScratch();
    return op();
  }
}

// The two functions below run whole ranges on one thread: to be replaced by `parallel`.

/** Runs positions [from, to) of a ConvJob. */
export function runConv({ code }: KernelRuntime, job: number, scratch: number, from: number, to: number): void {
  code.convRows(job, scratch, from, to);
}

/** The matrix B whose rows belong to the positions of a FilterJob. Strides in floats. */
export interface PositionRows {
  readonly source: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

export interface FilterBuffers {
  readonly job: number;
  readonly panels: number;
  readonly scratch: number;
  readonly zeroOffset: number;
}

/** Bytes of packed B that are kept at a time; a longer sum is taken in passes. */
const PASS_BYTES = 4 << 20;

/** Positions a pass covers: whole blocks, so that the order of the sum does not depend on the passes. */
export function passPositions(filters: number, positions: number): number {
  const blocks = Math.max(1, Math.floor(PASS_BYTES / (4 * panelFloats(BLOCK_POSITIONS, filters))));
  return Math.min(positions, blocks * BLOCK_POSITIONS);
}

/** Sums A^T B over `positions` positions into job.target, every row of it. */
export function runFilter(
  { code, heap }: KernelRuntime,
  fields: Omit<FilterJob, 'panels' | 'fromPosition' | 'toPosition' | 'accumulate'>,
  rows: PositionRows,
  positions: number,
  { job, panels, scratch, zeroOffset }: FilterBuffers,
): void {
  const filterRows = fields.kernelHeight * fields.kernelWidth * fields.channels;
  const step = passPositions(fields.filters, positions);
  heap.writeInts(zeroOffset, [0]);
  for (let from = 0; from < positions; from += step) {
    const to = Math.min(positions, from + step);
    const source = rows.source + 4 * from * rows.rowStride;
    const { rowStride, columnStride } = rows;
    code.packDepthBlocks(
      panels,
      source,
      zeroOffset,
      to - from,
      fields.filters,
      rowStride,
      columnStride,
      BLOCK_POSITIONS,
    );
    const accumulate = from > 0 ? 1 : 0;
    heap.writeInts(job, filterJobWords({ ...fields, panels, fromPosition: from, toPosition: to, accumulate }));
    for (let row = 0; row < filterRows; row += FILTER_ROWS) {
      code.filterRows(job, scratch, row, Math.min(filterRows, row + FILTER_ROWS));
    }
  }
}
