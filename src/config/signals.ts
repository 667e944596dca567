/**
 * The scalars that each training step records, in the order of their packed rows.
 * A side that did not move in a step (D only, G only) leaves NaN in its columns.
 */
export const signals = ['lossD', 'lossG', 'dReal', 'dFake', 'gradD', 'gradG'] as const;
export type Signal = (typeof signals)[number];

/** Position of a signal in a row. */
export function signalIndex(signal: Signal): number {
  return signals.indexOf(signal);
}
