import { serviceWorkerFile } from '../../config/isolation.ts';

/**
 * Why the page is not cross-origin isolated: it came over plain HTTP; it stands in a frame; the browser has no service worker
 * to offer; ours has not started; it has, but too late to reload a page in use; it has, and a reload did not help.
 */
export type Obstacle = 'insecure' | 'embedded' | 'no-service-worker' | 'refused' | 'late' | 'in-vain';

/** What the page sees of its browser. */
export interface Surroundings {
  readonly isolated: boolean;
  readonly secure: boolean;
  readonly embedded: boolean;
  readonly serviceWorker: Pick<ServiceWorkerContainer, 'controller' | 'register'> | undefined;
  /** The page's own address. */
  readonly base: string;
  /** Remembers, for this tab, a reload that has not helped yet. */
  readonly tried: Mark;
  /** Resolves once a person has done something to the page. */
  readonly touched: Promise<void>;
  readonly reload: () => void;
}

export interface Mark {
  get(): boolean;
  /** @returns whether it is remembered */
  set(on: boolean): boolean;
}

/** Milliseconds that the first run waits for the service worker. */
export const patience = 5000;
/** Milliseconds after which a reload that has not come is not coming. */
export const reloadPatience = 5000;

/**
 * Makes the page cross-origin isolated where its host did not: registers the service worker that adds the headers, and
 * reloads the page for them to count: once, and only if nobody has touched it. Nothing may train before this resolves, so
 * that no reload takes a run with it.
 *
 * @param onLate told if the service worker starts only after the page has gone on without it
 * @returns nothing where the page is isolated, else why it is not. Where the page reloads, it is gone before
 */
export async function isolate(here: Surroundings, onLate: () => void): Promise<Obstacle | undefined> {
  const { tried } = here;
  if (here.isolated) {
    // Should the service worker be gone one day, the tab may reload again.
    tried.set(false);
    return undefined;
  }
  if (here.embedded) return 'embedded';
  if (!here.secure) return 'insecure';
  const { serviceWorker } = here;
  if (!serviceWorker) return 'no-service-worker';
  const ours = new URL(serviceWorkerFile, here.base).href;
  // It has served this very page. Another's, of a folder above or of what lay here before, adds no headers.
  if (serviceWorker.controller?.scriptURL === ours) return 'in-vain';

  const started = start(serviceWorker, ours);
  // Twice would be for ever. Chrome, after Shift and reload, takes a reload by script past the service worker too.
  const soon = tried.get() ? false : await Promise.race([started, here.touched, wait(patience)]);
  if (soon !== true) {
    void started.then((runs) => runs && onLate());
    return 'refused';
  }
  if (!tried.set(true)) return 'late';
  here.reload();
  await wait(reloadPatience);
  return 'late';
}

/** @returns whether it runs; never, where the browser keeps it waiting */
async function start(serviceWorker: NonNullable<Surroundings['serviceWorker']>, file: string): Promise<boolean> {
  try {
    return await runs(await serviceWorker.register(file, { updateViaCache: 'none' }));
  } catch {
    return false;
  }
}

/** Of the newest worker of a registration: `ready` would do with another's, which it replaces. */
function runs({ installing, waiting, active }: ServiceWorkerRegistration): Promise<boolean> {
  const worker = installing ?? waiting ?? active;
  return new Promise((resolve) => {
    const look = () => {
      if (worker?.state === 'activated') resolve(true);
      if (!worker || worker.state === 'redundant') resolve(false);
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
