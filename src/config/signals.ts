import type { Experiment } from './experiment.ts';
import { isDuel } from './families.ts';

/** Whose step each signal comes from. */
const sides = {
  lossD: 'd',
  lossG: 'g',
  dReal: 'd',
  dFake: 'd',
  gradD: 'd',
  gradG: 'g',
  /** What penalties add to D's loss, 0 without any. */
  penalty: 'd',
  /** The probability with which D's images are augmented, 0 to 1. */
  augmentP: 'd',
} as const;
export type Signal = keyof typeof sides;

/**
 * The scalars that each training step records, in the order of their packed rows.
 * A side that did not move in a step (D only, G only) leaves NaN in its columns.
 */
export const signals = Object.keys(sides) as readonly Signal[];

/** What only a run with a judge records. */
const ofDuels: readonly Signal[] = ['dReal', 'dFake', 'penalty', 'augmentP'];

/**
 * The signals that a run of this experiment records; the others are NaN in each row. Of a VAE, `lossD` is the divergence of the
 * encoder's codes and `lossG` the reconstruction error, in nats an image.
 */
export function signalsOf(experiment: Experiment): readonly Signal[] {
  return isDuel(experiment) ? signals : signals.filter((signal) => !ofDuels.includes(signal));
}

/** Position of a signal in a row. */
export function signalIndex(signal: Signal): number {
  return signals.indexOf(signal);
}

/** The positions, in rising order, of what the step of D or of G fills. */
export const signalColumns: Readonly<Record<'d' | 'g', readonly number[]>> = { d: columnsOf('d'), g: columnsOf('g') };

function columnsOf(side: 'd' | 'g'): number[] {
  return signals.flatMap((signal, column) => (sides[signal] === side ? [column] : []));
}
