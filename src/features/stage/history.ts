import type { DuelState } from '../../state/state.ts';
import type { Sheet } from '../../worker/protocol.ts';

/**
 * A few generated sheets of the run, so that one latent can be followed from noise to image. Kept at steps that grow by a
 * constant factor, at most {@link most} of them: when there are more, every second one of the middle goes.
 */
const most = 12;

export interface History {
  readonly runId: number;
  readonly weights: Sheet['weights'];
  readonly frames: readonly Sheet[];
  /** The next sheet of at least this step is kept. */
  readonly next: number;
}

export const noHistory: History = { runId: -1, weights: 'ema', frames: [], next: 0 };

/** How far apart frames stand after a step: 0, 10, 20, 40, … */
export const after = (step: number) => (step < 10 ? 10 : step * 2);

/** Takes in the newest generated sheet. Pure; gives the same object where nothing changes. */
export function remembered(history: History, runId: number, sheet: Sheet | undefined): History {
  if (!sheet) return history.frames.length > 0 && history.runId !== runId ? { ...noHistory, runId } : history;
  const { step, weights } = sheet;
  const last = history.frames.at(-1);
  const fresh =
    history.runId !== runId || history.weights !== weights || (last !== undefined && last.size !== sheet.size);
  const base: History = fresh ? { runId, weights, frames: [], next: 0 } : history;
  if (step < base.next) return base;
  const frames = [...base.frames, sheet];
  const thinned =
    frames.length > most ? frames.filter((_, i) => i === 0 || i % 2 === 1 || i === frames.length - 1) : frames;
  return { runId, weights, frames: thinned, next: after(step) };
}

export const historyOf = (history: History, { runId, generated }: Pick<DuelState, 'runId' | 'generated'>): History =>
  remembered(history, runId, generated);
