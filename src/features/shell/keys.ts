import type { Duel } from '../../state/store.ts';

/** Space: train or pause. S: one step. Not while the key means something to what has the focus. */

/** Whatever takes the Space key itself. */
const takesSpace = 'input, select, textarea, button, summary, a, [role="gridcell"], [tabindex="0"]';
/** Whatever takes letters: boxes by typing, lists by their first letter. */
const takesLetters = 'input:not([type="range"]):not([type="checkbox"]), select, textarea, [contenteditable]';

const isIn = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

export function listenForKeys(store: Duel['store']): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    const state = store.getState();
    if (event.key === ' ' && !isIn(event.target, takesSpace)) {
      event.preventDefault();
      if (state.runState === 'training') state.pause();
      else state.train();
    }
    if (event.key.toLowerCase() === 's' && !event.shiftKey && !isIn(event.target, takesLetters)) {
      if (state.runState !== 'training') state.stepOnce();
    }
  });
}
