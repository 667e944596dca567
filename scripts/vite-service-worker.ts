import { build, type Plugin } from 'vite';
import { serviceWorkerFile } from '../src/config/isolation.ts';

/**
 * Builds the service worker beside the page, under a name that never changes: a browser looks for a newer one at the same
 * address, and how far it reaches follows from where it lies. Not while developing: Vite's server sends the headers itself.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'duel:service-worker',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: serviceWorkerFile, source: await source() });
    },
  };
}

/** By itself, so that it shares no chunk with the page: it is one classic script, since not every browser starts another kind. */
async function source(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'esnext',
      rolldownOptions: { input: 'src/service-worker/service-worker.ts', output: { format: 'iife' } },
    },
  });
  if (!('output' in built)) throw new Error('the service worker was not built');
  return built.output[0].code;
}
