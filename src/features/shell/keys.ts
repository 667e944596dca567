import type { DuelState } from '../../state/state.ts';
import type { Duel } from '../../state/store.ts';

/** Space: train or pause, where the key means nothing to what has the focus. S: one step, where nothing has it. */

/** Whatever takes the Space key itself. */
const takesSpace = 'input, select, textarea, button, summary, a, [role="gridcell"], [tabindex="0"]:not(.strip-plot)';

/** The page itself has the focus, or the stage that "Skip to the samples" leads to. */
const isPage = (target: EventTarget | null) =>
  target === document.body || target === document.documentElement || (target as Element | null)?.id === 'stage';

const isIn = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

/** Whether the train button would pause: while training, and while training waits for the run to be built. */
export function wouldPause({ runState, queued }: Pick<DuelState, 'runState' | 'queued'>): boolean {
  return runState === 'training' || (runState === 'preparing' && queued === 'train');
}

/** Where the buttons say why they cannot be used, the keys do nothing either. */
const isOver = ({ runState }: DuelState) => runState === 'finished' || runState === 'failed';

export function listenForKeys(store: Duel['store']): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    const state = store.getState();
    if (event.key === ' ' && !isIn(event.target, takesSpace)) {
      event.preventDefault();
      if (wouldPause(state)) state.pause();
      else if (!isOver(state)) state.train();
    }
    if (event.key.toLowerCase() === 's' && !event.shiftKey && isPage(event.target)) {
      if (!wouldPause(state) && !isOver(state)) state.stepOnce();
    }
  });
}
