import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../../config/errors.ts';
import { fusedKernels } from './fusedKernels.ts';
import { type KernelRuntime, surviving } from './runtime.ts';
import { stockKernels } from './stockKernels.ts';

/** tfjs' own kernels, kept from before the first registration: the way out where ours do not apply. */
const stock = new Map<string, tf.KernelFunc>();
const registered = new Set<string>();

type Kernel = (args: Parameters<tf.KernelFunc>[0]) => ReturnType<tf.KernelFunc> | undefined;

/** Registers `kernel` for backend 'wasm'; where it returns undefined, tfjs' own kernel of that name runs. */
function register(runtime: KernelRuntime, kernelName: string, kernel: Kernel): void {
  const existing = tf.getKernel(kernelName, 'wasm');
  if (existing && !registered.has(kernelName)) stock.set(kernelName, existing.kernelFunc);
  registered.add(kernelName);
  if (existing) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: (args) => {
      const result = surviving(runtime, () => kernel(args));
      if (result !== undefined) return result;
      const fallback = stock.get(kernelName);
      if (fallback) return fallback(args);
      throw new DuelError('internal', { message: `${kernelName}: no WASM kernel for these shapes` });
    },
  });
}

/** Gives backend 'wasm' the fused kernels, replaces tfjs' kernels where ours are faster, and adds those it lacks. */
export function registerKernels(runtime: KernelRuntime): void {
  for (const [name, kernel] of Object.entries(stockKernels(runtime))) register(runtime, name, kernel);
  for (const [name, kernel] of fusedKernels(runtime)) register(runtime, name, kernel);
}
