import type { Experiment } from '../../config/experiment.ts';

/** What is left of the learning rate at the horizon and after it. */
export const floor = 0.05;

/**
 * The share of the learning rate that applies, from 1 at step 0 to {@link floor} at the horizon: constant, a straight
 * line, or half a cosine (Loshchilov & Hutter 2017, equation 5, without restarts).
 *
 * @param step steps already made
 */
export function decay(kind: Experiment['optim.decay'], step: number, horizon: number): number {
  const gone = Math.min(step / horizon, 1);
  const left = { none: 1, linear: 1 - gone, cosine: (1 + Math.cos(Math.PI * gone)) / 2 }[kind];
  return kind === 'none' ? 1 : floor + (1 - floor) * left;
}
