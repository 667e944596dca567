/** Shared by the kernel tests: the same function on the cpu backend (the oracle) and on WASM with poisoned memory. */
import * as tf from '@tensorflow/tfjs-core';
import { startWasm } from '../../backend/wasm.ts';
import type { TfjsWasmBackend } from './heap.ts';

/** Starts both backends. Every new block of the WASM heap is filled with NaN, so that an unwritten element shows. */
export async function startBoth(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  await startWasm();
  const { wasm } = tf.backend() as unknown as { wasm: { _malloc(bytes: number): number; HEAPU8: Uint8Array } };
  const malloc = wasm._malloc;
  wasm._malloc = (bytes) => {
    const pointer = malloc(bytes) >>> 0;
    wasm.HEAPU8.fill(0xff, pointer, pointer + bytes);
    return pointer;
  };
}

export const wasmBackend = () => tf.engine().findBackend('wasm') as unknown as TfjsWasmBackend;

/** A tensor's shape and values, so that it can be made again on another backend. */
export interface Plain {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Reproducible values of roughly unit scale, both signs (a linear congruential generator: Numerical Recipes). */
export function noise(shape: readonly number[], seed: number): Plain {
  let state = seed >>> 0;
  const size = shape.reduce((n, d) => n * d, 1);
  const values = Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return { shape, values };
}

/** Runs `f` on a backend with fresh tensors and returns what it computed; disposes the rest. */
export async function on(
  backend: 'cpu' | 'wasm',
  inputs: readonly Plain[],
  f: (...tensors: tf.Tensor[]) => tf.Tensor[],
): Promise<Plain[]> {
  await tf.setBackend(backend);
  const outputs = tf.tidy(() => f(...inputs.map(({ shape, values }) => tf.tensor(values, [...shape]))));
  const plain = outputs.map((t) => ({ shape: t.shape, values: t.dataSync().slice() as Float32Array }));
  tf.dispose(outputs);
  return plain;
}

/** Largest difference over the largest expected magnitude; NaN if any value is. */
export function relativeError(actual: Plain, expected: Plain): number {
  if (actual.shape.join() !== expected.shape.join()) {
    throw new Error(`shape ${actual.shape} instead of ${expected.shape}`);
  }
  let difference = 0;
  let scale = 1e-30;
  actual.values.forEach((value, i) => {
    const wanted = expected.values[i] as number;
    difference = Number.isNaN(value) ? Number.NaN : Math.max(difference, Math.abs(value - wanted));
    scale = Math.max(scale, Math.abs(wanted));
  });
  return difference / scale;
}

/** Runs `f` on both backends and returns the largest relative error of any output. */
export async function errorOnWasm(
  inputs: readonly Plain[],
  f: (...tensors: tf.Tensor[]) => tf.Tensor[],
): Promise<number> {
  const expected = await on('cpu', inputs, f);
  const actual = await on('wasm', inputs, f);
  const errors = actual.map((output, i) => relativeError(output, expected[i] as Plain));
  return errors.some(Number.isNaN) ? Number.NaN : Math.max(...errors);
}
