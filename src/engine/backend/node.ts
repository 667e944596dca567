import * as tf from '@tensorflow/tfjs-core';
import type { Starters } from './choose.ts';

/** What runs in Node. */
export const nodeStarters: Starters = {
  wasm: async () => {
    const { startWasm } = await import('./wasm.ts');
    return { wasm: await startWasm() };
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    return {};
  },
};
