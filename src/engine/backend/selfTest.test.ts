import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { FUSED } from '../ops/fused.ts';
import { KernelHeap, type TfjsWasmBackend } from '../ops/wasm/heap.ts';
import { use } from '../testing/backends.ts';
import { nodeStarters } from './node.ts';
import { selfTest, selfTestTolerance } from './selfTest.ts';

beforeAll(() => use(nodeStarters, 'wasm'), 60_000);

/** Of selfTestWide.ts only; the other part's kernels are broken in choose.test.ts. */
const wideSides = [12, 20, 96];

/**
 * Runs the self-test with one element of one result of a kernel off by as much as its largest.
 *
 * @returns its verdict, and how often the kernel was called
 */
async function spoiled(kernelName: string, output: number): Promise<{ error: number; calls: number }> {
  const { kernelFunc } = tf.getKernel(kernelName, 'wasm');
  let calls = 0;
  const spoil = (info: tf.TensorInfo) => {
    const heap = new KernelHeap(tf.backend() as unknown as TfjsWasmBackend);
    const size = tf.util.sizeFromShape(info.shape);
    const values = new Float32Array(heap.memory.buffer, heap.pointer(info), size);
    const middle = size >> 1;
    values[middle] = (values[middle] as number) + values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  };
  const register = (func: tf.KernelFunc) => {
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: func });
  };
  register((args) => {
    const results = kernelFunc(args);
    const wide = Object.values(args.inputs).some((input) => input?.shape.some((side) => wideSides.includes(side)));
    const result = [results].flat()[output];
    if (wide && result) {
      calls++;
      spoil(result);
    }
    return results;
  });
  try {
    return { error: await selfTest(), calls };
  } finally {
    register(kernelFunc);
  }
}

const products = ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter', 'BatchMatMul'];

test.each([...Object.values(FUSED), ...products])('one wrong element of a result of %s fails it', async (name) => {
  // Adam has more results than five: these are of its first parameter.
  for (let output = 0; output < 5; output++) {
    const { error, calls } = await spoiled(name, output);
    if (output === 0) expect(calls).toBeGreaterThan(0);
    if (calls > 0) expect([output, error > selfTestTolerance]).toEqual([output, true]);
  }
  expect(await selfTest()).toBeLessThan(selfTestTolerance);
});
