/** What the WASM backend needs of a browser. Only the bundler understands '?url': not for Node. */
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { DuelError } from '../../config/errors.ts';
import type { WasmHost } from './wasm.ts';

const MAX_THREADS = 8;

/** One core is left to the page, where there are more than two. */
function threads(): ReturnType<WasmHost['threads']> {
  if (!globalThis.crossOriginIsolated) return { count: 1, single: 'not-isolated' };
  const cores = navigator.hardwareConcurrency;
  const count = Math.min(MAX_THREADS, cores > 2 ? cores - 1 : cores);
  return { count, ...(count === 1 && { single: 'one-core' }) };
}

export const browserHost: WasmHost = {
  binary: async () => {
    const response = await fetch(simd);
    if (!response.ok)
      throw new DuelError('backend-unavailable', { backend: 'wasm', reason: `HTTP ${response.status}` });
    return new Uint8Array(await response.arrayBuffer());
  },
  threads,
  startHelper: (start, onEnd) => {
    const worker = new Worker(new URL('../ops/wasm/helperThread.ts', import.meta.url), { type: 'module' });
    worker.onerror = onEnd;
    worker.postMessage(start);
    return { terminate: () => worker.terminate() };
  },
};
