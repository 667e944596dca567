import type { Experiment } from '../config/experiment.ts';
import { type Signal, signalColumns, signals, signalsOf } from '../config/signals.ts';
import type { Which } from './protocol.ts';

/**
 * The first row that holds an infinity or a NaN in a column that the step filled. Which columns those are must be said:
 * a network that blew up and one that stood still both leave nothing but NaN.
 *
 * @param which the networks that moved in these steps
 * @param experiment says what signals there are
 */
export function firstBadRow(
  rows: Float32Array,
  count: number,
  which: Which,
  experiment: Experiment,
): { readonly row: number; readonly signal: Signal } | undefined {
  const known = signalsOf(experiment);
  const filled = columns[which].filter((column) => known.includes(signals[column] as Signal));
  for (let row = 0; row < count; row++) {
    const bad = filled.find((column) => !Number.isFinite(rows[row * signals.length + column]));
    if (bad !== undefined) return { row, signal: signals[bad] as Signal };
  }
  return undefined;
}

const columns: Readonly<Record<Which, readonly number[]>> = {
  D: signalColumns.d,
  G: signalColumns.g,
  both: signals.map((_, column) => column),
};
