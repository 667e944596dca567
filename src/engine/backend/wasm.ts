import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../config/errors.ts';
import type { TfjsWasmBackend } from '../ops/wasm/heap.ts';
import { hasRelaxedSimd, instantiateKernels } from '../ops/wasm/instantiate.ts';
import { registerKernels } from '../ops/wasm/register.ts';
import { registerGradients } from './gradients.ts';

export interface WasmOptions {
  /**
   * Where tfjs' three .wasm files are: a folder ending in '/', or an address for each file name. Node finds them in
   * node_modules by itself; a page passes `wasmPaths` of wasmPaths.vite.ts.
   */
  readonly paths?: string | Readonly<Record<string, string>>;
  /** Take the kernels without fused multiply-add even where there is relaxed SIMD: bits equal on every processor. */
  readonly strict?: boolean;
}

export interface WasmSetup {
  readonly simd: boolean;
  /** Whether the kernels use relaxed SIMD's fused multiply-add. */
  readonly relaxed: boolean;
  readonly threads: 1;
}

/**
 * Starts tfjs' WASM backend on one thread and gives it our kernels, without which it cannot train a convnet
 * (tfjs #8474: no Conv2DBackpropFilter).
 *
 * @throws DuelError 'backend-unavailable' without WebAssembly SIMD, or when a .wasm file does not load
 */
export async function startWasm(options: WasmOptions = {}): Promise<WasmSetup> {
  await registerGradients();
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  try {
    if (options.paths) setWasmPaths(options.paths as Parameters<typeof setWasmPaths>[0]);
  } catch (cause) {
    // tfjs refuses new paths for good once a start has failed: only a fresh worker can try again.
    throw new DuelError('backend-unavailable', { backend: 'wasm', reason: 'an earlier start failed' }, { cause });
  }
  // On a cross-origin isolated page tfjs would take its threaded build, whose workers break under minification
  // and whose thread count cannot be set (tfjs #8513).
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (!simd) throw new DuelError('backend-unavailable', { backend: 'wasm', reason: 'no SIMD' });
  if (!(await tf.setBackend('wasm'))) throw new DuelError('backend-unavailable', { backend: 'wasm' });
  const relaxed = !options.strict && hasRelaxedSimd();
  const runtime = await instantiateKernels(tf.backend() as unknown as TfjsWasmBackend, relaxed);
  registerKernels(runtime);
  return { simd: true, relaxed, threads: 1 };
}

/** What the WASM backend runs on, as the page names it. */
export function describeWasm({ relaxed, threads }: WasmSetup): string {
  return `SIMD${relaxed ? ' + FMA' : ''}, ${threads} thread`;
}
