/** Stock tfjs as a person would write it: a layers model, tfjs's own Adam, none of our kernels, ops or gradients. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { countStep, profileStep } from './counting.ts';
import { registerComposedFilterGrad } from './filterGrad.ts';
import { serve } from './serve.ts';
import { layersStepper } from './stockNets.ts';
import { Timed, timeMatMul } from './timing.ts';

/** tfjs asks for a complete map. */
const paths = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
};

const works = new Map<string, Timed>();

function timed(name: string): Timed {
  const work = works.get(name);
  if (!work) throw new Error(`${name} is not built`);
  return work;
}

serve({
  start: async ({ backend }) => {
    setWasmPaths(paths);
    // Its threaded build breaks under minification, and how many threads it takes cannot be set (tfjs #8513).
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (!(await tf.setBackend(backend))) throw new Error(`stock tfjs could not start ${backend}`);
    await tf.ready();
    if (backend === 'wasm') registerComposedFilterGrad();
    return { threads: 1, about: `tfjs ${tf.version.tfjs}` };
  },
  build: async (work) => {
    works.set(work.name, new Timed(layersStepper(work)));
  },
  run: (name, steps) => timed(name).run(steps),
  drop: async (name) => {
    timed(name).stepper.dispose();
    works.delete(name);
  },
  matmul: timeMatMul,
  count: (name) => countStep(timed(name).stepper),
  profile: (name) => profileStep(timed(name).stepper),
});
