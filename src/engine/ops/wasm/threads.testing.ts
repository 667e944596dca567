/** Shared by the tests of threads: a run of a net big enough to be split, and a fast clock. */
import type { Change } from '../../../config/experiment.ts';
import { type Act, run, steps } from '../../testing/runs.ts';
import { squares } from '../../testing/tiny.ts';
import type { HelperStart } from './pool.ts';

const wide: Change = { 'train.batch': 64, 'model.widthG': 32, 'model.widthD': 32, 'model.latent': 16 };

/** Signals and weights after four steps, with whatever is done after the first. */
export function train(between: Act = () => undefined) {
  const [first, ...others] = steps(4);
  return run(wide, [first as Act, between, ...others], squares(1));
}

/** How often a helper has shown that it lives: see assembly/pool.ts. */
export function pulseOf({ memory, control, thread }: Pick<HelperStart, 'memory' | 'control' | 'thread'>): number {
  return Atomics.load(new Int32Array(memory.buffer, control + 256 + 64 * thread), 1);
}

/** Runs `f` on a clock ten times as fast, for what would wait seconds. */
export async function hurried<T>(f: () => Promise<T>): Promise<T> {
  const { now } = performance;
  performance.now = () => 10 * now.call(performance);
  try {
    return await f();
  } finally {
    performance.now = now;
  }
}
