import { create } from 'zustand';
import { isolate, type Mark, type Obstacle, type Surroundings } from './isolate.ts';

/** Why this page cannot share memory between threads; nothing where it can, or nobody knows yet. */
export const useObstacle = create<{ readonly obstacle: Obstacle | undefined }>()(() => ({ obstacle: undefined }));

/** Isolates this page if that can be. Resolves when a run may begin. */
export async function isolatePage(): Promise<void> {
  const obstacle = await isolate(surroundings(), () => useObstacle.setState({ obstacle: 'late' }));
  // Not over `late`, which may have come in the meantime.
  useObstacle.setState((known) => ({ obstacle: known.obstacle ?? obstacle }));
}

function surroundings(): Surroundings {
  return {
    isolated: crossOriginIsolated,
    secure: isSecureContext,
    embedded: window.top !== window,
    // Undefined in some private windows; a frame without an origin of its own may not even ask.
    get serviceWorker() {
      return navigator.serviceWorker as ServiceWorkerContainer | undefined;
    },
    base: document.baseURI,
    tried,
    touched: new Promise((resolve) => {
      for (const type of ['pointerdown', 'keydown', 'hashchange'] as const) {
        addEventListener(type, () => resolve(), { once: true, capture: true });
      }
    }),
    reload: () => location.reload(),
  };
}

const key = 'duel.isolation';

/** Of the session: another tab makes its own attempt. */
const tried: Mark = {
  get: () => {
    try {
      return sessionStorage.getItem(key) !== null;
    } catch {
      return false;
    }
  },
  set: (on) => {
    try {
      if (on) sessionStorage.setItem(key, 'tried');
      else sessionStorage.removeItem(key);
      return true;
    } catch {
      return false;
    }
  },
};
