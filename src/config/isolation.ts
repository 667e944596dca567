/**
 * The two headers that make a page cross-origin isolated, without which a browser shares no memory between threads. Our
 * servers send them; on a host that does not, the service worker adds them.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

/** The service worker's file, beside the page: its scope is the folder that it lies in. */
export const serviceWorkerFile = 'service-worker.js';
