import type { Change } from '../../config/experiment.ts';
import { Session } from '../session.ts';
import { squares, tinyExperiment } from './tiny.ts';

/** Something done to a session. */
export type Act = (session: Session) => void;
export const step: Act = (session) => session.advance('both');
export const apply =
  (change: Change): Act =>
  (session) =>
    session.apply(change);

/** A run of the tiny experiment: its weights and signals after the acts. */
export async function run(change: Change, acts: readonly Act[], dataset = squares(1)) {
  const session = new Session(tinyExperiment(change), dataset);
  for (const act of acts) act(session);
  const { rows, count } = await session.read();
  const weights = await session.weights();
  const { epoch } = session;
  session.dispose();
  return { rows: Array.from(rows), count, weights: weights.map((values) => Array.from(values)), epoch };
}

export const steps = (count: number): Act[] => new Array<Act>(count).fill(step);
