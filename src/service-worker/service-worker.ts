/**
 * The page's service worker, for hosts that send no isolation headers. It stores nothing: every answer comes from the
 * network (or the browser's own cache) as it would without it, so that no version of it can hold back a new page.
 */
import { needsIsolation, withIsolation } from './isolate.ts';

interface Scope extends EventTarget {
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
}

interface InstallEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as Scope;

// A new version takes over at once, under pages that the old one served: neither holds anything that the other could miss.
// Pages that no version served are left alone (no clients.claim()): the one that registered this reloads by itself.
scope.addEventListener('install', (event) => (event as InstallEvent).waitUntil(scope.skipWaiting()));

scope.addEventListener('fetch', (event) => {
  const asked = event as FetchEvent;
  // What is not answered here goes its usual way.
  if (!needsIsolation(asked.request, scope.registration.scope)) return;
  asked.respondWith(fetch(asked.request).then(withIsolation));
});
