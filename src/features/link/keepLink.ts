import { openLink, toLink } from '../../config/link.ts';
import type { Duel } from '../../state/store.ts';

/** A slider passes many values; browsers refuse to rewrite the address too often (Safari: 100 times in 30 s). */
const quiet = 300;

function addressOf(store: Duel['store']): string {
  const { preset, draft } = store.getState();
  const link = toLink(preset, draft);
  return location.pathname + location.search + (link && `#${link}`);
}

/** The link of the experiment as it is set now. */
export function currentLink(store: Duel['store']): string {
  return new URL(addressOf(store), location.href).href;
}

/**
 * Keeps the address bar and the experiment the same: what is set is written into it, and a link that is pasted into it
 * is opened. A bad one changes nothing and says so.
 */
export function keepLink(store: Duel['store']): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const address = addressOf(store);
    if (address === location.pathname + location.search + location.hash) return;
    try {
      history.replaceState(history.state, '', address);
    } catch {
      // Too often, or a page without an address of its own: the copy button still has the link.
    }
  };
  store.subscribe((state, before) => {
    if (state.draft === before.draft && state.preset === before.preset) return;
    clearTimeout(timer);
    timer = setTimeout(write, quiet);
  });
  addEventListener('hashchange', () => {
    const { preset, experiment, failure } = openLink(location.hash);
    if (failure) {
      store.getState().notify(failure);
      write();
    } else {
      store.getState().load(preset, experiment);
    }
  });
}
