import { type Signal, signals } from '../config/signals.ts';

/**
 * The first row that holds an infinity, or a NaN beside a value of the same network (a network that did not move in a
 * step has NaN in all of its columns, and that is no illness).
 */
export function firstBadRow(
  rows: Float32Array,
  count: number,
): { readonly row: number; readonly signal: Signal } | undefined {
  for (let row = 0; row < count; row++) {
    const values = rows.subarray(row * signals.length, (row + 1) * signals.length);
    for (const group of moving) {
      if (group.every((column) => Number.isNaN(values[column]))) continue;
      const bad = group.find((column) => !Number.isFinite(values[column]));
      if (bad !== undefined) return { row, signal: signals[bad] as Signal };
    }
  }
  return undefined;
}

/** The columns that one network's update fills together. */
const moving: readonly (readonly number[])[] = [
  ['lossD', 'dReal', 'dFake', 'gradD'],
  ['lossG', 'gradG'],
].map((group) => group.map((signal) => signals.indexOf(signal as Signal)));
