import * as tf from '@tensorflow/tfjs-core';
import type { KernelTime, StepCounts } from './protocol.ts';
import type { Stepper } from './timing.ts';

interface Tally {
  dispatches: number;
  submits: number;
  written: number;
}

/** Puts a counter before a method of a class that this browser may not have. @returns what takes it away again */
function wrap(owner: { prototype: object } | undefined, method: string, onCall: (args: unknown[]) => void): () => void {
  if (!owner) return () => {};
  const methods = owner.prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[method];
  if (!original) return () => {};
  methods[method] = function (this: unknown, ...args: unknown[]) {
    onCall(args);
    return original.apply(this, args);
  };
  return () => {
    methods[method] = original;
  };
}

const bytesOf = (data: unknown): number =>
  ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0;

/** writeBuffer(buffer, offset, data, dataOffset, size): the last two count in elements of a typed array. */
function bytesWritten([, , data, from, size]: unknown[]): number {
  const each = (data as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
  if (typeof size === 'number') return size * each;
  return bytesOf(data) - (typeof from === 'number' ? from * each : 0);
}

/** Counts what goes to a GPU until the returned function is called. */
function countGpu(tally: Tally): () => void {
  const dispatched = () => tally.dispatches++;
  const undo = [
    wrap(globalThis.GPUComputePassEncoder, 'dispatchWorkgroups', dispatched),
    wrap(globalThis.GPUComputePassEncoder, 'dispatchWorkgroupsIndirect', dispatched),
    wrap(globalThis.GPUQueue, 'submit', () => tally.submits++),
    wrap(globalThis.GPUQueue, 'writeBuffer', (args) => {
      tally.written += bytesWritten(args);
    }),
    wrap(globalThis.WebGL2RenderingContext, 'drawElements', dispatched),
    wrap(globalThis.WebGL2RenderingContext, 'drawArrays', dispatched),
    wrap(globalThis.WebGL2RenderingContext, 'texSubImage2D', ([, , , , width, height, ...rest]) => {
      const values = rest.at(-1);
      tally.written += bytesOf(values) || 4 * Number(width) * Number(height);
    }),
  ];
  return () => {
    for (const put of undo) put();
  };
}

interface HeapHolder {
  readonly wasm?: { readonly HEAPU8?: Uint8Array };
}

/** Each backend says under a name of its own what it holds. */
function bytesHeld(): number {
  const memory = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated?: number; numBytesAllocatedInGPU?: number };
  const heap = (tf.backend() as unknown as HeapHolder).wasm?.HEAPU8?.byteLength;
  return memory.numBytesAllocatedInGPU ?? memory.numBytesInGPUAllocated ?? heap ?? memory.numBytes;
}

/** Of one step, the readback left out. Steps were made before: the first of all also pays for shaders and caches. */
export async function countStep(stepper: Stepper): Promise<StepCounts> {
  const tally: Tally = { dispatches: 0, submits: 0, written: 0 };
  const undo = countGpu(tally);
  const began = performance.now();
  stepper.step();
  const recordMs = performance.now() - began;
  undo();
  await stepper.read();
  const kernels = tf.getBackend() === 'wasm' ? (await profileStep(stepper)).reduce((n, { count }) => n + count, 0) : 0;
  return { ...tally, dispatches: tally.dispatches + kernels, bytes: bytesHeld(), recordMs };
}

/** Time and number of one step's kernels, the costliest first. Steps were made before. */
export async function profileStep(stepper: Stepper): Promise<readonly KernelTime[]> {
  const { kernels } = await tf.profile(() => stepper.step() as undefined);
  const found = new Map<string, { kernel: string; count: number; ms: number }>();
  for (const { name, kernelTimeMs } of kernels) {
    // An op around its kernels, which are there too.
    if (name.endsWith('__op')) continue;
    const entry = found.get(name) ?? { kernel: name, count: 0, ms: 0 };
    found.set(name, entry);
    entry.count++;
    entry.ms += Number(await kernelTimeMs);
  }
  await stepper.read();
  // tfjs says zero where the device has no clock.
  if (![...found.values()].some(({ ms }) => ms > 0)) throw new Error(`${tf.getBackend()} has no clock here`);
  return [...found.values()].sort((a, b) => b.ms - a.ms);
}
