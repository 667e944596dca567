import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../../config/errors.ts';
import { noise } from '../../noise.ts';
import { type ConvInfo, sameInfo } from '../geometry.ts';
import { conv2d, conv2dFilter, conv2dInput } from './conv.ts';
import { matMul } from './matmul.ts';
import { type Factors, referenceOf } from './reference.ts';
import type { Runtime } from './runtime.ts';
import { type Choice, type Family, families, startingChoice, type Variant, variants } from './variants.ts';

export interface Race {
  /** Milliseconds after which no further variant is tried; what is left stays as it was. */
  readonly budget: number;
  /** Images in the batch that all convolve. */
  readonly batch: number;
  /** A variant is run for at least that many milliseconds, so that the clock, which may be coarse, can tell. */
  readonly atLeast: number;
}

export const startRace: Race = { budget: 700, batch: 16, atLeast: 4 };

export interface Verdict {
  readonly choice: Choice;
  /** Every variant was measured within the budget. */
  readonly complete: boolean;
  /** Milliseconds a run; Infinity for one that the device refused or that computed wrongly. */
  readonly times: Readonly<Partial<Record<`${Family} ${Variant}`, number>>>;
}

/** What two right results may differ by, relative to the largest value. */
const tolerance = 1e-3;
/** Elements of each result that are computed in JavaScript too: some milliseconds for all. */
const samples = 64;

/**
 * Finds the faster variant of each family on the middle layers of a DCGAN: 64 to 128 channels at 14 pixels. A variant that
 * the device refuses, or whose result differs from JavaScript's or from that of one that was right, is out.
 *
 * @throws DuelError 'backend-unavailable' where the device refuses all variants of a family
 */
export async function race(runtime: Runtime, { budget, batch, atLeast }: Race = startRace): Promise<Verdict> {
  const deadline = performance.now() + budget;
  const before = runtime.choice;
  const times: Partial<Record<`${Family} ${Variant}`, number>> = {};
  let choice = startingChoice;
  let complete = true;
  const inputs = middleLayer(batch);
  const info = sameInfo(inputs.x.shape, inputs.filter.shape, 2);
  try {
    const reference = referenceOf(info, await valuesOf(inputs));
    for (const family of families) {
      const work = works(runtime, inputs, info)[family];
      let other: Float32Array | undefined;
      for (const variant of variants) {
        if (performance.now() > deadline) {
          complete = false;
          break;
        }
        runtime.choice = { ...startingChoice, [family]: variant };
        const values = await resultOf(runtime, work);
        const right = values !== undefined && isRight(values, reference[family], other);
        if (right) other ??= values;
        times[`${family} ${variant}`] = right ? await timeOf(runtime, work, atLeast) : Number.POSITIVE_INFINITY;
      }
      choice = { ...choice, [family]: fastest(family, times) };
    }
  } finally {
    runtime.choice = before;
    tf.dispose(Object.values(inputs));
  }
  return { choice, complete, times };
}

function fastest(family: Family, times: Verdict['times']): Variant {
  const known = variants.filter((variant) => times[`${family} ${variant}`] !== undefined);
  const time = (variant: Variant) => times[`${family} ${variant}`] as number;
  const best = known.reduce((a, b) => (time(b) < time(a) ? b : a), startingChoice[family]);
  if (known.length > 0 && !known.some((variant) => Number.isFinite(time(variant)))) {
    throw new DuelError('backend-unavailable', { backend: 'webgpu', reason: `${family} computes nothing here` });
  }
  return best;
}

interface Inputs {
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly dy: tf.Tensor4D;
}

function middleLayer(batch: number): Inputs & Record<string, tf.Tensor> {
  const filled = (shape: [number, number, number, number], seed: number) =>
    tf.tensor4d(Float32Array.from(noise(tf.util.sizeFromShape(shape), seed)), shape);
  return { x: filled([batch, 14, 14, 64], 1), filter: filled([4, 4, 64, 128], 2), dy: filled([batch, 7, 7, 128], 3) };
}

async function valuesOf({ x, filter, dy }: Inputs): Promise<Factors> {
  const [ofX, ofFilter, ofDy] = await Promise.all([x, filter, dy].map((tensor) => tensor.data<'float32'>()));
  return { x: ofX, filter: ofFilter, dy: ofDy } as Factors;
}

/** One run of each family. */
function works(
  runtime: Runtime,
  { x, filter, dy }: Inputs,
  info: ConvInfo,
): Readonly<Record<Family, () => tf.TensorInfo>> {
  const rows = dy.size / 128;
  const sizes = { batch: 1, rows, depth: 128, columns: 1024, transposeA: false, transposeB: true, stepA: 0, stepB: 0 };
  return {
    conv: () => conv2d(runtime, x, filter, info),
    convInput: () => conv2dInput(runtime, dy, filter, info),
    convFilter: () => conv2dFilter(runtime, x, dy, info),
    matMul: () => matMul(runtime, dy, filter, sizes, [rows, 1024]),
  };
}

/** The first run, which also compiles; undefined where the device refuses it. */
async function resultOf(runtime: Runtime, work: () => tf.TensorInfo): Promise<Float32Array | undefined> {
  const { device } = runtime.backend;
  device.pushErrorScope('validation');
  device.pushErrorScope('internal');
  const result = tf.engine().makeTensorFromTensorInfo(work());
  runtime.submit();
  const scopes = [device.popErrorScope(), device.popErrorScope()];
  try {
    if ((await Promise.all(scopes)).some((error) => error !== null)) return undefined;
    return await result.data<'float32'>();
  } finally {
    result.dispose();
  }
}

/**
 * Whether a result agrees with what its elements should be, at places all over it, and everywhere with another one that did.
 *
 * @param element what should be at a place
 */
function isRight(values: Float32Array, element: (place: number) => number, other = values): boolean {
  const places = Array.from(noise(samples, values.length), (value) => Math.floor(((value + 1) / 2) * values.length));
  const got = Float32Array.from(places, (place) => values[place] as number);
  const wanted = Float32Array.from(places, (place) => element(place));
  return agrees(got, wanted) && agrees(values, other);
}

function agrees(values: Float32Array, wanted: Float32Array): boolean {
  const most = wanted.reduce((so, value) => Math.max(so, Math.abs(value)), 0);
  // Written so that NaN, on either side, does not agree.
  return most > 0 && values.every((value, i) => Math.abs(value - (wanted[i] as number)) <= tolerance * most);
}

/** Milliseconds a run: twice as many runs each time until they take long enough to be told apart. */
async function timeOf(runtime: Runtime, work: () => tf.TensorInfo, atLeast: number): Promise<number> {
  for (let runs = 1; ; runs *= 2) {
    const began = performance.now();
    for (let i = 0; i < runs; i++) runtime.release(work());
    runtime.submit();
    await runtime.backend.queue.onSubmittedWorkDone();
    const took = performance.now() - began;
    if (took >= atLeast || runs >= 1024) return took / runs;
  }
}
