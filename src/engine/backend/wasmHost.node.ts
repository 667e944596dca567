import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { hasRelaxedSimd } from '../ops/wasm/features.ts';
import type { WasmHost } from './wasm.ts';

const file = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
const helper = new URL('../ops/wasm/helperThread.node.mjs', import.meta.url);

const MAX_THREADS = 8;

/** DUEL_THREADS says how many threads; without it, as many as there are cores, and no more than eight. */
function threads(): ReturnType<WasmHost['threads']> {
  const wanted = Number(process.env.DUEL_THREADS);
  if (Number.isInteger(wanted) && wanted > 0) return { count: wanted };
  const count = Math.min(availableParallelism(), MAX_THREADS);
  return { count, ...(count === 1 && { single: 'one-core' }) };
}

// Node 20 has relaxed SIMD behind a flag; later ones always (V8 11.4), and they no longer know the flag.
if (process.versions.node.startsWith('20.') && !hasRelaxedSimd()) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/** What the WASM backend needs of Node. */
export const nodeHost: WasmHost = {
  binary: async () => new Uint8Array(await readFile(createRequire(import.meta.url).resolve(file))),
  threads,
  startHelper: (start, onEnd) => {
    // Without what this process was started with, such as a loader for TypeScript or source given on the command line.
    const worker = new Worker(helper, { workerData: start, execArgv: [] });
    worker.on('exit', onEnd);
    // An error that nobody hears ends the process.
    worker.on('error', onEnd);
    // It waits for work until the process ends, which must not wait for it.
    worker.unref();
    return { terminate: () => void worker.terminate() };
  },
};
