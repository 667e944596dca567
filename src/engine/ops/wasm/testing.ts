/** Shared by the kernel tests: the same function on the cpu backend (the oracle) and on WASM with poisoned memory. */
import * as tf from '@tensorflow/tfjs-core';
import type { WasmFacts } from '../../../config/backends.ts';
import { openWasm, type WasmHost, type WasmOptions } from '../../backend/wasm.ts';
import { compareOn, type Plain } from '../testing/compare.ts';
import type { KernelExports } from './exports.ts';
import type { TfjsWasmBackend } from './heap.ts';
import { registerKernels } from './register.ts';
import type { KernelRuntime } from './runtime.ts';

/**
 * Starts both backends. Every new block of the WASM heap is filled with NaN, so that an unwritten element shows, and so is
 * all scratch each time that an op asks for it.
 */
export async function openBoth(
  host: WasmHost,
  options?: WasmOptions,
): Promise<{ readonly facts: WasmFacts; readonly runtime: KernelRuntime }> {
  await import('@tensorflow/tfjs-backend-cpu');
  const opened = await openWasm(host, options);
  const { wasm } = wasmBackend() as { wasm: { _malloc(bytes: number): number; _free(pointer: number): void } };
  // Emscripten's _malloc replaces itself at its first call, and would replace ours.
  wasm._free(wasm._malloc(1));
  const { heap } = opened.runtime;
  const poison = (pointer: number, bytes: number) => new Uint8Array(heap.memory.buffer, pointer, bytes).fill(0xff);
  const malloc = wasm._malloc;
  wasm._malloc = (bytes) => {
    const pointer = malloc(bytes) >>> 0;
    poison(pointer, bytes);
    return pointer;
  };
  const { scratch, threadScratch } = heap;
  heap.scratch = ((sizes: number[]) => {
    const pointers = (scratch as (sizes: number[]) => number[]).call(heap, sizes);
    pointers.forEach((pointer, i) => {
      poison(pointer, sizes[i] as number);
    });
    return pointers;
  }) as typeof scratch;
  heap.threadScratch = (bytes, threads = 1) => {
    const pointer = threadScratch.call(heap, bytes, threads);
    poison(pointer, bytes * threads);
    return pointer;
  };
  return opened;
}

export async function startBoth(host: WasmHost, options?: WasmOptions): Promise<WasmFacts> {
  const { facts } = await openBoth(host, options);
  return facts;
}

/** Runs `f` with the kernels on one thread, and some of what the module exports in other hands. */
export async function withCode<T>(
  runtime: KernelRuntime,
  others: Partial<KernelExports>,
  f: () => Promise<T>,
): Promise<T> {
  registerKernels({ code: { ...runtime.code, ...others }, heap: runtime.heap });
  try {
    return await f();
  } finally {
    registerKernels(runtime);
  }
}

type Run = KernelExports['run'];

/** The same with each call of `run` in the hands of `around`. */
export function withRun<T>(
  runtime: KernelRuntime,
  around: (run: Run, ...call: Parameters<Run>) => void,
  f: () => Promise<T>,
): Promise<T> {
  return withCode(runtime, { run: (...call) => around(runtime.code.run, ...call) }, f);
}

/** Milliseconds before a test counts as hung: far above what any takes, for a loaded machine must not fail one. */
export const PATIENCE = 120_000;

export const wasmBackend = () => tf.engine().findBackend('wasm') as unknown as TfjsWasmBackend;

/** The value at an index that exists. */
export function at({ values }: Plain, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value at ${index}`);
  return value;
}

/** Runs a function on both backends and returns the largest relative error of any output. */
export const errorOnWasm = compareOn('wasm');
