import * as tf from '@tensorflow/tfjs-core';
import type { AdamAttrs, BlendAttrs } from '../fused.ts';
import { KERNEL } from './kernelIds.ts';
import { jobBytes, writeJob } from './layouts.ts';
import { type KernelRuntime, parallel } from './runtime.ts';

type Tensor = tf.TensorInfo;

/** Floats of a unit: as in assembly/adam.ts. */
const BLOCK = 4096;
/** Units that take about 20 microseconds. */
const GRAIN = 4;

/**
 * See `adamUpdate` in ../optimizer.ts.
 *
 * @param tensor an input of the op, by name
 * @returns the norm of all gradients, then each tensor's parameter, moments and average
 */
export function adam(runtime: KernelRuntime, tensor: (name: string) => Tensor, attrs: AdamAttrs): Tensor[] {
  const { code, heap } = runtime;
  const { count, averaged, stepSize, beta1, beta2, scaledEpsilon, keep } = attrs;
  const shapes = Array.from({ length: count }, (_, i) => tensor(`param${i}`).shape);
  const norm = heap.output([]);
  const outputs = shapes.map((shape) => Array.from({ length: averaged ? 4 : 3 }, () => heap.output(shape)));
  const sizes = shapes.map((shape) => tf.util.sizeFromShape(shape));
  const units = sizes.reduce((sum, size) => sum + Math.ceil(size / BLOCK), 0);
  const step = jobBytes('Moved');
  const [job, squares, tensors] = heap.scratch([jobBytes('AdamJob'), 4 * units, step * count]);
  const pointer = (name: string) => heap.pointer(tensor(name));
  let firstUnit = 0;
  sizes.forEach((size, i) => {
    const [newParam, newM, newV, newAverage] = outputs[i] as [Tensor, Tensor, Tensor, Tensor?];
    writeJob(heap, tensors + step * i, 'Moved', {
      firstUnit,
      size,
      param: pointer(`param${i}`),
      grad: pointer(`grad${i}`),
      m: pointer(`m${i}`),
      v: pointer(`v${i}`),
      average: averaged ? pointer(`average${i}`) : 0,
      newParam: heap.pointer(newParam),
      newM: heap.pointer(newM),
      newV: heap.pointer(newV),
      newAverage: newAverage ? heap.pointer(newAverage) : 0,
    });
    firstUnit += Math.ceil(size / BLOCK);
  });
  writeJob(heap, job, 'AdamJob', {
    tensors,
    count,
    squares,
    units,
    norm: heap.pointer(norm),
    averaged: averaged ? 1 : 0,
    stepSize,
    beta1,
    oneMinusBeta1: 1 - beta1,
    beta2,
    oneMinusBeta2: 1 - beta2,
    scaledEpsilon,
    keep,
    oneMinusKeep: 1 - keep,
  });
  parallel(runtime, KERNEL.adam, job, units, GRAIN, 0);
  code.foldNorm(job);
  return [norm, ...outputs.flat()];
}

/** keep * a + (1 - keep) * b. */
export function blend(runtime: KernelRuntime, a: Tensor, b: Tensor, { keep }: BlendAttrs): Tensor {
  const { heap } = runtime;
  const size = tf.util.sizeFromShape(a.shape);
  const target = heap.output(a.shape);
  const [job] = heap.scratch([jobBytes('BlendJob')]);
  writeJob(heap, job, 'BlendJob', {
    a: heap.pointer(a),
    b: heap.pointer(b),
    target: heap.pointer(target),
    size,
    keep,
    oneMinusKeep: 1 - keep,
  });
  parallel(runtime, KERNEL.blend, job, Math.ceil(size / BLOCK), GRAIN, 0);
  return target;
}
