import { DuelError } from '../../../config/errors.ts';
import type { KernelExports } from './exports.ts';
import { KernelHeap, type TfjsWasmBackend } from './heap.ts';
import { controlBytes, Pool, type PoolExports, type StartHelper } from './pool.ts';
import type { KernelRuntime } from './runtime.ts';

export { hasRelaxedSimd } from './features.ts';

/** The builds of scripts/build-kernels.mjs, each a file that only its user fetches. */
const builds = {
  simd: () => import('./generated/simd.ts'),
  relaxed: () => import('./generated/relaxed.ts'),
  simdShared: () => import('./generated/simdShared.ts'),
  relaxedShared: () => import('./generated/relaxedShared.ts'),
};

export interface Helpers {
  /** Helper threads wanted, beside the one that calls. */
  readonly count: number;
  readonly start: StartHelper;
}

/**
 * Compiles our kernels against the heap of a started tfjs WASM backend. Needs SIMD.
 *
 * @param helpers started where the heap is shared; the runtime has as many as joined
 */
export async function instantiateKernels(
  backend: TfjsWasmBackend,
  relaxed: boolean,
  helpers?: Helpers,
): Promise<KernelRuntime> {
  const heap = new KernelHeap(backend);
  const { memory, shared } = heap;
  const { base64 } = await builds[`${relaxed ? 'relaxed' : 'simd'}${shared ? 'Shared' : ''}`]();
  const module = await WebAssembly.compile(decode(base64));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const code = exports as unknown as KernelExports;
  const runtime: KernelRuntime = { code, heap };
  if (!helpers || helpers.count < 1) return runtime;
  if (!shared) throw new DuelError('internal', { message: 'helper threads need a shared heap' });
  runtime.startPool = async () => {
    runtime.pool?.dispose();
    runtime.pool = undefined;
    const pool = await Pool.start({
      code: exports as unknown as PoolExports,
      module,
      memory,
      // Each has its own: a helper that was lost may still look at its old pool's.
      control: heap.keep(controlBytes(helpers.count)),
      helpers: helpers.count,
      startHelper: helpers.start,
    });
    if (pool.threads === 1) return;
    pool.onLoss = () => {
      if (pool.threads === 1) runtime.pool = undefined;
      runtime.onLoss?.();
    };
    runtime.pool = pool;
  };
  await runtime.startPool();
  return runtime;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
