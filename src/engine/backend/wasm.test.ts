import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { KernelHeap, type TfjsWasmBackend } from '../ops/wasm/heap.ts';
import { hasRelaxedSimd } from '../ops/wasm/instantiate.ts';
import { startWasm, type WasmHost } from './wasm.ts';
import { nodeHost } from './wasmHost.node.ts';

const relaxed = hasRelaxedSimd();
const heap = () => new KernelHeap(tf.backend() as unknown as TfjsWasmBackend);

function expectProduct(): void {
  const y = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])));
  expect(Array.from(y.dataSync())).toEqual([11]);
  y.dispose();
}

describe('a start', () => {
  test('on one thread, without shared memory; then on two, with it, in its place', async () => {
    expect(await startWasm(nodeHost, { threads: 1 })).toEqual({ relaxed, threads: 1 });
    expect(tf.getBackend()).toBe('wasm');
    expect(heap().shared).toBe(false);
    expectProduct();
    expect(await startWasm(nodeHost, { threads: 2, strict: true })).toEqual({ relaxed: false, threads: 2 });
    expect(tf.getBackend()).toBe('wasm');
    expect(heap().shared).toBe(true);
    expectProduct();
  });

  test('after the backend was let go', async () => {
    await startWasm(nodeHost, { threads: 2 });
    tf.removeBackend('wasm');
    expect(tf.findBackend('wasm')).toBe(null);
    await startWasm(nodeHost, { threads: 2 });
    expectProduct();
  });

  test("takes nothing of the process's own listeners away, and leaves none behind", async () => {
    const events = ['uncaughtException', 'unhandledRejection'] as const;
    const listeners = () => events.map((event) => process.listeners(event as 'exit'));
    const before = listeners();
    await startWasm(nodeHost);
    expect(listeners()).toEqual(before);
    tf.removeBackend('wasm');
    expect(listeners()).toEqual(before);
  });

  test('says why it has one thread', async () => {
    const single = async (reason: 'one-core' | 'not-isolated') =>
      (await startWasm({ ...nodeHost, threads: () => ({ count: 1, single: reason }) })).single;
    expect(await single('one-core')).toBe('one-core');
    expect(await single('not-isolated')).toBe('not-isolated');
  });

  test('where memory cannot be shared after all, one thread; only the host knows of a page that is not isolated', async () => {
    const { Memory } = WebAssembly;
    class Unshared extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        if (descriptor.shared) throw new RangeError('no room');
        super(descriptor);
      }
      static override [Symbol.hasInstance](value: unknown): boolean {
        return value instanceof Memory;
      }
    }
    WebAssembly.Memory = Unshared;
    try {
      expect(await startWasm(nodeHost, { threads: 2 })).toEqual({ relaxed, threads: 1, single: 'no-shared-memory' });
      const alone: WasmHost = { ...nodeHost, threads: () => ({ count: 1, single: 'not-isolated' }) };
      expect((await startWasm(alone, { threads: 2 })).single).toBe('not-isolated');
    } finally {
      WebAssembly.Memory = Memory;
    }
    expectProduct();
  });

  test('nor where there is nobody to share it with', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    try {
      expect(await startWasm(nodeHost, { threads: 2 })).toEqual({ relaxed, threads: 1, single: 'no-shared-memory' });
    } finally {
      vi.unstubAllGlobals();
    }
    expectProduct();
  });

  test('a file that is none is a named error, and the next start succeeds', async () => {
    const broken = { ...nodeHost, binary: async () => Uint8Array.of(1, 2, 3) };
    const failure = { code: 'backend-unavailable', detail: { backend: 'wasm', reason: 'not loaded' } };
    await expect(startWasm(broken, { threads: 1 })).rejects.toMatchObject(failure);
    await expect(startWasm(broken, { threads: 2 })).rejects.toMatchObject(failure);
    await startWasm(nodeHost);
    expectProduct();
  });
});

/** A backend whose malloc has nothing left. */
function exhausted(): TfjsWasmBackend {
  return {
    wasm: { _malloc: () => 0, _free: () => undefined, asm: { memory: new WebAssembly.Memory({ initial: 1 }) } },
    dataIdMap: { get: () => ({ memoryOffset: 0 }) },
    makeOutput: (shape, dtype) => ({ dataId: {}, shape: [...shape], dtype }),
  };
}

test('a full heap is a named error, not a write to address 0', () => {
  const heap = new KernelHeap(exhausted());
  expect(() => heap.output([2, 3])).toThrow('out-of-memory (shape: 2x3)');
  expect(() => heap.scratch([1000])).toThrow('out-of-memory');
  expect(() => heap.threadScratch(1000, 2)).toThrow('out-of-memory (bytes: 2048)');
  expect(() => heap.keep(64)).toThrow('out-of-memory');
});

test('a full heap is a named error for tfjs too, and the heap goes on as it was', async () => {
  await startWasm(nodeHost, { threads: 1 });
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  const head = wasm.HEAPU8.slice(0, 64);
  const before = tf.tensor1d([1, 2, 3]);
  // 3 GB at a time: the second does not fit into the 4 GB that a 32-bit heap can have.
  const large = new Float32Array(3 * 2 ** 28);
  const fill = () => tf.tidy(() => [tf.tensor1d(large), tf.tensor1d(large)].length);
  expect(fill).toThrow('out-of-memory');
  expect(wasm.HEAPU8.slice(0, 64)).toEqual(head);
  expect(await before.data()).toEqual(Float32Array.of(1, 2, 3));
});

test('a module without memory is a named error', () => {
  const backend = exhausted();
  expect(() => new KernelHeap({ ...backend, wasm: { ...backend.wasm, asm: {} } })).toThrow('exports no memory');
});
