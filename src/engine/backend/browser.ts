import * as tf from '@tensorflow/tfjs-core';
import type { Starters } from './choose.ts';

/** Each backend is loaded only when it is tried. */
export const browserStarters: Starters = {
  webgpu: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
    return start('webgpu');
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    return start('webgl');
  },
  wasm: async () => {
    const [{ startWasm, describeWasm }, { wasmPaths }] = await Promise.all([
      import('./wasm.ts'),
      import('./wasmPaths.vite.ts'),
    ]);
    return describeWasm(await startWasm({ paths: wasmPaths }));
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return start('cpu');
  },
};

async function start(name: string): Promise<undefined> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start ${name}`);
  await tf.ready();
}
