import type { CloudView } from '../../worker/protocol.ts';

/** Views of the run that went before the present one, as far as trails and slow motion draw them. */
export interface Memory {
  readonly runId: number;
  readonly now: CloudView | undefined;
  /** The one before, of the same run and the same weights. */
  readonly before: CloudView | undefined;
  /** Earlier places of the generated points, oldest first, each [n, 2]. */
  readonly trail: readonly Float32Array[];
}

export const noMemory: Memory = { runId: -1, now: undefined, before: undefined, trail: [] };

/** Earlier places that a trail has. */
const trailLength = 10;

/** Takes in the newest view. Pure; gives the same object where nothing has changed. */
export function remembered(memory: Memory, runId: number, view: CloudView | undefined): Memory {
  if (!view) return memory.runId === runId && !memory.now ? memory : { ...noMemory, runId };
  if (memory.runId === runId && memory.now === view) return memory;
  const last = memory.runId === runId ? memory.now : undefined;
  // Points of other weights, or of an earlier step, are not where these came from.
  if (!last || last.weights !== view.weights || last.step > view.step) {
    return { ...noMemory, runId, now: view };
  }
  const stood = same(last.fake, view.fake);
  // Drawn again (the other reals): nothing has moved.
  if (stood && same(last.field.values, view.field.values)) return { ...memory, now: view };
  const trail = stood ? memory.trail : [...memory.trail, last.fake].slice(-trailLength);
  return { runId, now: view, before: last, trail };
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Between two lists of places: 0 gives the first, 1 the second. */
export function between(from: Float32Array, to: Float32Array, share: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(to, (value, i) => {
    const start = from[i] ?? value;
    return start + (value - start) * share;
  });
}
