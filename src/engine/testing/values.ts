/** What the engine's tests share: reading, comparing and making arrays. Nothing here waits for a GPU synchronously. */
import type * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** A tensor's values, once the backend has them. */
export async function read(tensor: tf.Tensor): Promise<number[]> {
  return Array.from(await tensor.data());
}

/** Fails where a value is farther away than `tolerance`, or NaN. */
export function expectClose(got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-6): void {
  expect(got.length).toBe(wanted.length);
  const far = Array.from(wanted).flatMap((value, i) => {
    const difference = Math.abs((got[i] as number) - value);
    return difference <= tolerance ? [] : [`at ${i}: ${got[i]} instead of ${value}`];
  });
  expect(far).toEqual([]);
}

/** Uniform in [-1, 1): the linear congruential generator of Numerical Recipes. scripts/fixtures make the same. */
export function noise(count: number, seed: number): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Biased. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  return meanOf(Array.from(values, (value) => (value - mean) ** 2));
}
