import * as tf from '@tensorflow/tfjs-core';
import type { Starters } from './choose.ts';

/** What runs in Node. */
export const nodeStarters: Starters = {
  wasm: async (options) => {
    const [{ startWasm }, { nodeHost }] = await Promise.all([import('./wasm.ts'), import('./wasmHost.node.ts')]);
    return { wasm: await startWasm(nodeHost, options) };
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    return {};
  },
};
