import * as tf from '@tensorflow/tfjs-core';
import { breathe } from '../../src/worker/breathe.ts';
import { Pace } from '../../src/worker/pace.ts';
import { Pipeline } from '../../src/worker/pipeline.ts';
import type { Product } from '../engine/works.ts';

/** A net that can make steps. */
export interface Stepper<Read = unknown> {
  /** Makes one step; nothing waits for a device. */
  step(): void;
  /** Reads what the steps since the last call left, as training does every so often. */
  read(): Promise<Read>;
  dispose(): void;
}

/** Makes steps as the page's worker does: a breath now and then, and answers at the pace's beat that are not waited for. */
export class Timed {
  readonly stepper: Stepper;
  readonly #pace = new Pace();

  constructor(stepper: Stepper) {
    this.stepper = stepper;
  }

  /** @returns milliseconds until the last answer has come */
  async run(steps: number): Promise<number> {
    const pipeline = new Pipeline();
    const pace = this.#pace;
    const began = performance.now();
    pace.start();
    for (let left = steps; left > 0; ) {
      const now = Math.min(pace.stepsAtOnce, left);
      for (let i = 0; i < now; i++) {
        this.stepper.step();
        if (pace.breathIsDue()) await breathe();
      }
      pipeline.push(
        () => this.stepper.read(),
        () => pace.made(now),
      );
      await breathe();
      await pipeline.room();
      left -= now;
    }
    await pipeline.drain();
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
