import { create } from 'zustand';
import type { DuelState } from '../../state/state.ts';
import type { Duel } from '../../state/store.ts';
import type { Sheet } from '../../worker/protocol.ts';

/**
 * A few generated sheets of the run, so that one latent can be followed from noise to image: one row of them for each
 * kind of weights. Kept at steps that grow by a constant factor, at most {@link most} of a kind: when there are more,
 * every second one of the middle goes.
 */
const most = 12;

type Frames = readonly Sheet[];

export interface History {
  readonly runId: number;
  readonly frames: Readonly<Record<Sheet['weights'], Frames>>;
}

export const noHistory: History = { runId: -1, frames: { ema: [], raw: [] } };

/** The least step of the next sheet that is kept: 0, 10, 20, 40, … */
const nextAfter = (last: Sheet | undefined) => (last === undefined ? 0 : last.step < 10 ? 10 : last.step * 2);

function thinned(frames: Frames): Frames {
  return frames.length > most ? frames.filter((_, i) => i === 0 || i % 2 === 1 || i === frames.length - 1) : frames;
}

/** Takes in the newest generated sheet. Pure; gives the same object where nothing changes. */
export function remembered(history: History, runId: number, sheet: Sheet | undefined): History {
  const known = history.runId === runId ? history : { ...noHistory, runId };
  if (!sheet) return known;
  const frames = known.frames[sheet.weights];
  if (sheet.step < nextAfter(frames.at(-1))) return known;
  return { runId, frames: { ...known.frames, [sheet.weights]: thinned([...frames, sheet]) } };
}

export const useHistory = create<History>()(() => noHistory);

/** Follows the run from the start of the page, whatever the stage shows and whether it is there at all. */
export function keepHistory(store: Duel['store']): void {
  const take = ({ runId, generated }: DuelState) => {
    const known = useHistory.getState();
    const next = remembered(known, runId, generated);
    if (next !== known) useHistory.setState(next, true);
  };
  take(store.getState());
  store.subscribe(take);
}
