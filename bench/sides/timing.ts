import * as tf from '@tensorflow/tfjs-core';
import { breathe } from '../../src/worker/breathe.ts';
import { Pace } from '../../src/worker/pace.ts';
import type { Product } from '../engine/works.ts';

/** A net that can make steps. */
export interface Stepper<Read = unknown> {
  /** Makes one step; nothing waits for a device. */
  step(): void;
  /** Reads what the steps since the last call left, as training does every so often. */
  read(): Promise<Read>;
  dispose(): void;
}

/** Makes steps as the page's worker does: a breath after each, and a readback at the pace's beat. */
export class Timed {
  readonly stepper: Stepper;
  readonly #pace = new Pace();

  constructor(stepper: Stepper) {
    this.stepper = stepper;
  }

  /** @returns milliseconds */
  async run(steps: number): Promise<number> {
    const began = performance.now();
    this.#pace.start();
    for (let made = 0; made < steps; ) {
      const now = Math.min(this.#pace.stepsAtOnce, steps - made);
      for (let i = 0; i < now; i++) {
        this.stepper.step();
        await breathe();
      }
      await this.stepper.read();
      this.#pace.made(now);
      made += now;
    }
    return performance.now() - began;
  }
}

function wave(shape: [number, number]): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => ((i * 7919) & 255) / 128 - 1),
    shape,
  );
}

/** Times a product on tfjs's current backend; only the last one is read. */
export async function timeMatMul(
  { rows, inner, columns, transposeA = false }: Product,
  times: number,
): Promise<number> {
  const a = wave(transposeA ? [inner, rows] : [rows, inner]);
  const b = wave([inner, columns]);
  const onGpu = tf.getBackend() !== 'wasm';
  if (onGpu) await Promise.all([a.data(), b.data()]);
  const began = performance.now();
  for (let i = 1; i <= times; i++) {
    const c = tf.matMul(a, b, transposeA);
    // WASM is done when the call returns; a GPU has only been told.
    if (onGpu && i === times) await c.data();
    c.dispose();
  }
  const elapsed = performance.now() - began;
  tf.dispose([a, b]);
  return elapsed;
}
