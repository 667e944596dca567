import * as tf from '@tensorflow/tfjs-core';
import type { Started, Starters } from './choose.ts';

/** Each backend is loaded only when it is tried. */
export const browserStarters: Starters = {
  webgpu: async () => {
    const { startWebgpu } = await import('./webgpu.ts');
    await startWebgpu();
    return {};
  },
  webgl: async () => {
    const { startWebgl } = await import('./webgl.ts');
    await startWebgl();
    return {};
  },
  wasm: async (options) => {
    const [{ startWasm }, { browserHost }] = await Promise.all([import('./wasm.ts'), import('./wasmHost.vite.ts')]);
    return { wasm: await startWasm(browserHost, options) };
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return start('cpu');
  },
};

async function start(name: string): Promise<Started> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start ${name}`);
  await tf.ready();
  return {};
}
