import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { DuelError } from '../../../config/errors.ts';
import { importSharedMemory, readInitialPages } from './sharedBinary.ts';

type Module = ConstructorParameters<typeof BackendWasm>[0];
type Wrap = (name: string, returns: 'number' | null, takes: 'number'[]) => (...args: number[]) => number;
type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

interface GlueOptions {
  readonly locateFile: (path: string) => string;
  readonly instantiateWasm: (imports: WebAssembly.Imports, done: Instantiated) => object;
}

/** Pages of 64 kB that a shared memory may grow to, most first: it must say so at the start, and reserves addresses. */
const MAXIMA = [65536, 32768];
const LEAST_MAXIMUM = 16384;

/**
 * A tfjs WASM backend on tfjs' own glue, as `init` of its backend_wasm.js makes it, except that its memory can be shared:
 * tfjs would fetch another build for that, whose threads are not ours to count (tfjs #8513).
 *
 * @param binary tfjs-backend-wasm-simd.wasm
 * @param share whether other threads shall see the heap; where that cannot be had, it is not shared
 * @throws whatever compiling and instantiating throws
 */
export async function openTfjsBackend(binary: Uint8Array<ArrayBuffer>, share: boolean): Promise<BackendWasm> {
  const { BackendWasm } = await import('@tensorflow/tfjs-backend-wasm');
  const shared = share ? await openShared(binary) : undefined;
  return new BackendWasm(shared ?? (await runGlue(await WebAssembly.compile(binary))));
}

/** Undefined where this binary or this browser does not allow it. */
async function openShared(binary: Uint8Array<ArrayBuffer>): Promise<Module | undefined> {
  try {
    const { memory, maximum } = reserve(readInitialPages(binary));
    return await runGlue(await WebAssembly.compile(importSharedMemory(binary, maximum)), memory);
  } catch {
    return undefined;
  }
}

/** @throws where not even the smallest can be had, or nobody to share it with: a page that is not isolated */
function reserve(initial: number): { memory: WebAssembly.Memory; maximum: number } {
  const make = (maximum: number) => ({
    memory: new WebAssembly.Memory({ initial, maximum, shared: true }),
    maximum,
  });
  if (typeof SharedArrayBuffer !== 'function') throw new TypeError('this page is not cross-origin isolated');
  for (const maximum of MAXIMA) {
    try {
      return make(maximum);
    } catch {
      // A 32-bit browser or a small phone: ask for less.
    }
  }
  return make(LEAST_MAXIMUM);
}

async function runGlue(module: WebAssembly.Module, memory?: WebAssembly.Memory): Promise<Module> {
  const glue = await import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js');
  const factory = glue.default as unknown as (options: GlueOptions) => Promise<Module>;
  const keep = keepListeners();
  const wasm = await new Promise<Module>((resolve, reject) => {
    const started = factory({
      locateFile: (path) => path,
      instantiateWasm: (imports, done) => {
        if (memory) Object.assign(imports.env as object, { memory });
        WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
        return {};
      },
    });
    started.then(resolve, reject);
  });
  keep();
  refuseNull(wasm as unknown as Allocator);
  const { cwrap: wrap, asm } = wasm as unknown as { cwrap: Wrap; asm: { dispose(): void } };
  wasm.tfjs = {
    init: wrap('init', null, []),
    initWithThreadsCount: wrap('init_with_threads_count', null, ['number']),
    getThreadsCount: wrap('get_threads_count', 'number', []),
    registerTensor: wrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: wrap('dispose_data', null, ['number']),
    // Not wrapped: the glue's own dispose takes all listeners for uncaught errors off a Node process, not just its own.
    dispose: () => asm.dispose(),
  };
  return wasm;
}

interface Allocator {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

/** tfjs takes malloc's null, a full heap, for an address, and writes tensors over the heap's first bytes. */
function refuseNull(wasm: Allocator): void {
  // The glue's malloc puts the real one in its own place when it is first called.
  wasm._free(wasm._malloc(1));
  const malloc = wasm._malloc;
  wasm._malloc = (bytes) => {
    const pointer = malloc(bytes);
    if (pointer === 0) throw new DuelError('out-of-memory', { bytes });
    return pointer;
  };
}

/** In Node the glue makes every uncaught error throw again from a listener of its own. @returns what takes those off */
function keepListeners(): () => void {
  if (typeof process !== 'object' || typeof process.listeners !== 'function') return () => undefined;
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'exit')));
  return () => {
    for (const [i, event] of events.entries()) {
      for (const listener of process.listeners(event as 'exit')) {
        if (!before[i]?.has(listener)) process.removeListener(event, listener);
      }
    }
  };
}
