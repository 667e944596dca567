import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const glue = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';

const blobOfTheFactory =
  /new Blob\(\[`var WasmBackendModuleThreadedSimd = ` \+\s*wasmFactoryThreadedSimd\.toString\(\)\], \{ type: 'text\/javascript' \}\)/;
const blobOfTheWorker =
  /const response = wasmWorkerContents\.replace\([^;]*;\s*const blob = new Blob\([^;]*;\s*return URL\.createObjectURL\(blob\);/;

/**
 * tfjs keeps the source of its helper threads in a template literal of a CommonJS file, without escaping the `\n` of its
 * string literals, and mends that when it makes the blob. So do we.
 */
function workerSource(): string {
  const { wasmWorkerContents } = require(`${glue}.worker.js`) as { wasmWorkerContents: string };
  return wasmWorkerContents.replace(/\n/g, '\\n');
}

/**
 * tfjs starts its WASM helper threads from `Function.prototype.toString()` of a module and from a blob. A minifier renames
 * what that text refers to outside itself, and the threads die of ReferenceErrors without end; a blob worker also needs a
 * looser content security policy. Here both become files beside the worker, byte for byte as tfjs ships them.
 */
export function tfjsWasmThreads(): Plugin {
  return {
    name: 'duel:tfjs-wasm-threads',
    apply: 'build',
    transform: {
      filter: { id: /tfjs-backend-wasm\/dist\/backend_wasm\.js$/ },
      handler(code) {
        const emit = (name: string, source: string) => {
          const file = this.emitFile({ type: 'asset', name, source });
          return `new URL(import.meta.ROLLUP_FILE_URL_${file}, self.location.href).href`;
        };
        if (!blobOfTheFactory.test(code) || !blobOfTheWorker.test(code)) {
          this.error('tfjs-backend-wasm has changed: look again at how it starts its threads');
        }
        const main = emit('tfjs-wasm-threads.js', readFileSync(require.resolve(`${glue}.js`), 'utf8'));
        const worker = emit('tfjs-wasm-thread-worker.js', workerSource());
        return code.replace(blobOfTheFactory, () => main).replace(blobOfTheWorker, () => `return ${worker};`);
      },
    },
  };
}
