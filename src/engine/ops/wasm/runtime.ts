import type { KernelExports } from './exports.ts';
import { align, type KernelHeap } from './heap.ts';
import type { Pool } from './pool.ts';

/** What every kernel needs: the compiled code, the heap it works on, and helper threads where there are any. */
export interface KernelRuntime {
  readonly code: KernelExports;
  readonly heap: KernelHeap;
  pool?: Pool | undefined;
  /** Starts a new pool in place of the old one, between jobs; there where threads are wanted. */
  startPool?: () => Promise<void>;
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
