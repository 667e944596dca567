/** Shared by the kernel tests: the same function on the cpu backend, which is the oracle, and on the one under test. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../../config/backends.ts';
import { noise as drawn } from '../../testing/values.ts';

/** A tensor's shape and values, so that it can be made again on another backend. */
export interface Plain {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Reproducible values of roughly unit scale, both signs. */
export function noise(shape: readonly number[], seed: number, offset = 0): Plain {
  const values = Float32Array.from(drawn(tf.util.sizeFromShape([...shape]), seed), (value) => value + offset);
  return { shape, values };
}

type Tensors<Inputs extends readonly Plain[]> = { [Index in keyof Inputs]: tf.Tensor };
type Plains<Outputs extends readonly tf.Tensor[]> = { [Index in keyof Outputs]: Plain };

/** Runs `f` on a backend with fresh tensors and returns what it computed; disposes the rest. */
export async function on<const Inputs extends readonly Plain[], Outputs extends tf.Tensor[] | []>(
  backend: BackendName,
  inputs: Inputs,
  f: (...tensors: Tensors<Inputs>) => Outputs,
): Promise<Plains<Outputs>> {
  await tf.setBackend(backend);
  const outputs: tf.Tensor[] = tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, [...shape], 'float32'));
    return f(...(tensors as Tensors<Inputs>));
  });
  const plain = await Promise.all(
    outputs.map(async (t) => ({ shape: t.shape, values: Float32Array.from(await t.data<'float32'>()) })),
  );
  tf.dispose(outputs);
  return plain as Plains<Outputs>;
}

/** What is far below the inputs' unit scale is left of a cancellation: its last bits are not held to its own size. */
const smallestScale = 0.1;

/** Largest difference over the largest expected magnitude; NaN if any value is. */
export function relativeError(actual: Plain, expected: Plain): number {
  if (actual.shape.join() !== expected.shape.join()) {
    throw new Error(`shape ${actual.shape} instead of ${expected.shape}`);
  }
  let difference = 0;
  let scale = smallestScale;
  actual.values.forEach((value, i) => {
    const wanted = expected.values[i] as number;
    // NaN, once there, stays.
    difference = Number.isNaN(value) ? Number.NaN : Math.max(difference, Math.abs(value - wanted));
    scale = Math.max(scale, Math.abs(wanted));
  });
  return difference / scale;
}

/** Runs `f` on cpu and on a backend and returns the largest relative error of any output. */
export type Compare = <const Inputs extends readonly Plain[]>(
  inputs: Inputs,
  f: (...tensors: Tensors<Inputs>) => tf.Tensor[],
) => Promise<number>;

export function compareOn(backend: BackendName): Compare {
  return async (inputs, f) => {
    const expected = await on('cpu', inputs, f);
    const actual = await on(backend, inputs, f);
    const errors = actual.map((output, i) => relativeError(output, expected[i] as Plain));
    return errors.some(Number.isNaN) ? Number.NaN : Math.max(...errors);
  };
}
