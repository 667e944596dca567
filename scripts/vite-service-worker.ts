import type { Plugin } from 'vite';
import { serviceWorkerFile } from '../src/config/isolation.ts';

/**
 * Builds the service worker beside the page, under a name that never changes: a browser looks for a newer one at the same
 * address, and how far it reaches follows from where it lies. Not while developing: Vite's server sends the headers itself.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'duel:service-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/service-worker/service-worker.ts', fileName: serviceWorkerFile });
    },
    generateBundle(_, bundle) {
      const built = bundle[serviceWorkerFile];
      // It is started as a classic script: Firefox and older browsers start no other kind.
      if (built?.type !== 'chunk' || built.imports.length > 0 || built.exports.length > 0) {
        this.error('the service worker must be one file, with no imports and no exports');
      }
    },
  };
}
