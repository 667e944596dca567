/** What the engine's tests share: reading, comparing and making arrays. Nothing here waits for a GPU synchronously. */
import type * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

export { noise } from '../noise.ts';

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

export function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Biased. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  return meanOf(Array.from(values, (value) => (value - mean) ** 2));
}
