import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { KernelHeap, type TfjsWasmBackend } from '../ops/wasm/heap.ts';
import { hasRelaxedSimd } from '../ops/wasm/instantiate.ts';
import { describeWasm, startWasm } from './wasm.ts';

const patience = 120_000;

test('starts in Node from node_modules, and again on the same backend', { timeout: patience }, async () => {
  const first = await startWasm();
  expect(first).toEqual({ simd: true, relaxed: hasRelaxedSimd(), threads: 1 });
  expect(tf.getBackend()).toBe('wasm');
  expect(await startWasm({ strict: true })).toEqual({ simd: true, relaxed: false, threads: 1 });
  const y = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])));
  expect(Array.from(y.dataSync())).toEqual([11]);
  y.dispose();
});

test('says what it runs on', () => {
  expect(describeWasm({ simd: true, relaxed: true, threads: 1 })).toBe('SIMD + FMA, 1 thread');
  expect(describeWasm({ simd: true, relaxed: false, threads: 1 })).toBe('SIMD, 1 thread');
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
});

test('a module without memory is a named error', () => {
  const backend = exhausted();
  expect(() => new KernelHeap({ ...backend, wasm: { ...backend.wasm, asm: {} } })).toThrow('exports no memory');
});
