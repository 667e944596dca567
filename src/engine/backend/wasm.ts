import * as tf from '@tensorflow/tfjs-core';
import type { WasmFacts } from '../../config/backends.ts';
import { DuelError } from '../../config/errors.ts';
import { hasRelaxedSimd, hasSimd } from '../ops/wasm/features.ts';
import { KernelHeap, type TfjsWasmBackend } from '../ops/wasm/heap.ts';
import { instantiateKernels } from '../ops/wasm/instantiate.ts';
import type { StartHelper } from '../ops/wasm/pool.ts';
import { registerKernels } from '../ops/wasm/register.ts';
import type { KernelRuntime } from '../ops/wasm/runtime.ts';
import { openTfjsBackend } from '../ops/wasm/tfjsBackend.ts';
import { registerGradients } from './gradients.ts';
import type { Threaded } from './threads.ts';

/** What differs between Node (wasmHost.node.ts) and a browser (wasmHost.vite.ts). */
export interface WasmHost {
  /** tfjs-backend-wasm-simd.wasm of the installed version. */
  readonly binary: () => Promise<Uint8Array<ArrayBuffer>>;
  /** How many threads to run on, and why only one. */
  readonly threads: () => { readonly count: number } & Pick<WasmFacts, 'single'>;
  readonly startHelper: StartHelper;
}

export interface WasmOptions {
  /** Take the kernels without fused multiply-add even where there is relaxed SIMD: bits equal on every processor. */
  readonly strict?: boolean;
  /** Threads to run on, this one included, instead of what the host says. More than one need shared memory. */
  readonly threads?: number;
  /** Told when helper threads have died and the run goes on with fewer, and when there are new ones. */
  readonly onThreads?: (facts: WasmFacts) => void;
}

/** tfjs' own priority for this backend. */
const PRIORITY = 2;

/**
 * Starts tfjs' WASM backend with our kernels, without which it cannot train a convnet (tfjs #8474: no
 * Conv2DBackpropFilter), and with threads of our own. An earlier one goes, and its tensors with it.
 *
 * @throws DuelError 'backend-unavailable' without WebAssembly SIMD, or when tfjs' .wasm file does not load
 */
export async function startWasm(host: WasmHost, options: WasmOptions = {}): Promise<WasmFacts> {
  const { facts } = await openWasm(host, options);
  return facts;
}

/** {@link startWasm}, and the runtime that the kernels were registered with. */
export async function openWasm(
  host: WasmHost,
  options: WasmOptions = {},
): Promise<{ readonly facts: WasmFacts; readonly runtime: KernelRuntime }> {
  if (!hasSimd()) throw new DuelError('backend-unavailable', { backend: 'wasm', reason: 'no SIMD' });
  await registerGradients();
  // For its kernels, which it registers when it loads.
  await import('@tensorflow/tfjs-backend-wasm');
  const usual = host.threads();
  const wanted = options.threads ?? usual.count;
  const backend = await open(host, wanted > 1);
  const relaxed = !options.strict && hasRelaxedSimd();
  const shared = new KernelHeap(backend).shared;
  const helpers = shared ? { count: wanted - 1, start: host.startHelper } : undefined;
  const runtime = await instantiateKernels(backend, relaxed, helpers);

  const facts = (): WasmFacts => {
    const threads = runtime.pool?.threads ?? 1;
    const unshared = usual.single === 'not-isolated' ? usual.single : 'no-shared-memory';
    const reason = wanted === 1 ? usual.single : shared ? 'helpers-failed' : unshared;
    return { relaxed, threads, ...(threads === 1 && reason && { single: reason }) };
  };
  let lost = false;
  runtime.onLoss = () => {
    lost = true;
    options.onThreads?.(facts());
  };
  backend.renewThreads = async () => {
    if (!lost) return;
    lost = false;
    await runtime.startPool?.();
    options.onThreads?.(facts());
  };
  endWith(backend, runtime);
  await use(backend);
  registerKernels(runtime);
  return { facts: facts(), runtime };
}

type Backend = Awaited<ReturnType<typeof openTfjsBackend>> & TfjsWasmBackend & Threaded;

async function open(host: WasmHost, share: boolean): Promise<Backend> {
  try {
    return (await openTfjsBackend(await host.binary(), share)) as Backend;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new DuelError('backend-unavailable', { backend: 'wasm', reason: 'not loaded', message }, { cause });
  }
}

/** tfjs disposes of a backend that it lets go. */
function endWith(backend: Backend, runtime: KernelRuntime): void {
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    runtime.pool?.dispose();
    runtime.pool = undefined;
    dispose();
  };
}

/** Makes it tfjs' current backend, in place of the package's own or of an earlier one. */
async function use(backend: Backend): Promise<void> {
  if (tf.findBackendFactory('wasm')) tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => backend, PRIORITY);
  if (!(await tf.setBackend('wasm'))) throw new DuelError('backend-unavailable', { backend: 'wasm' });
}
