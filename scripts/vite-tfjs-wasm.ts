import type { Plugin } from 'vite';

/**
 * Leaves out the glue of tfjs' threaded WASM build and the source of its helper threads, which its backend imports: our
 * engine starts the backend itself, with threads of its own. See docs/decisions/wasm-threads.md.
 */
export function withoutTfjsThreads(): Plugin {
  return {
    name: 'duel:without-tfjs-threads',
    apply: 'build',
    load: {
      filter: { id: /tfjs-backend-wasm\/wasm-out\/tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ },
      handler: () => "export default undefined;\nexport const wasmWorkerContents = '';\n",
    },
  };
}
