import type * as tf from '@tensorflow/tfjs-core';
import type { SlopeAttrs } from '../fused.ts';
import { KERNEL } from './kernelIds.ts';
import { jobBytes, writeJob } from './layouts.ts';
import { rowsLayout, widened } from './rowsLayout.ts';
import { type KernelRuntime, parallel } from './runtime.ts';

type Tensor = tf.TensorInfo;

/** leaky(x + bias). See `biasAct` in ../activation.ts. */
export function biasAct(runtime: KernelRuntime, x: Tensor, bias: Tensor, attrs: SlopeAttrs): Tensor {
  const y = runtime.heap.output(x.shape);
  bendInto(runtime, x, bias, y, attrs);
  return y;
}

/** The same into a tensor that is there, which may be x itself. */
export function bendInto(runtime: KernelRuntime, x: Tensor, bias: Tensor, y: Tensor, { slope }: SlopeAttrs): void {
  const { heap } = runtime;
  const layout = rowsLayout(x.shape);
  const [job, room] = heap.scratch([jobBytes('BiasActJob'), layout.wideBytes]);
  const wide = widened(runtime, bias, layout, room);
  const [px, py] = [heap.pointer(x), heap.pointer(y)];
  writeJob(heap, job, 'BiasActJob', { ...layout.fields, x: px, y: py, bias: wide, slope });
  parallel(runtime, KERNEL.biasAct, job, layout.units, layout.grain, 0);
}

/** tanh(x + bias). */
export function biasTanh(runtime: KernelRuntime, x: Tensor, bias: Tensor): Tensor {
  const { heap } = runtime;
  const layout = rowsLayout(x.shape);
  const y = heap.output(x.shape);
  const [job, room] = heap.scratch([jobBytes('BiasTanhJob'), layout.wideBytes]);
  const wide = widened(runtime, bias, layout, room);
  writeJob(heap, job, 'BiasTanhJob', { ...layout.fields, x: heap.pointer(x), y: heap.pointer(y), bias: wide });
  parallel(runtime, KERNEL.biasTanh, job, layout.units, layout.grain, 0);
  return y;
}

/** Gradients of biasAct with respect to x and the bias. */
export function biasActGrad(runtime: KernelRuntime, y: Tensor, dy: Tensor, { slope }: SlopeAttrs): Tensor[] {
  return actGrad(runtime, KERNEL.biasActGrad, y, dy, slope);
}

/** Gradients of biasTanh with respect to x and the bias. */
export function biasTanhGrad(runtime: KernelRuntime, y: Tensor, dy: Tensor): Tensor[] {
  return actGrad(runtime, KERNEL.biasTanhGrad, y, dy, 1);
}

function actGrad(runtime: KernelRuntime, kernel: number, y: Tensor, dy: Tensor, slope: number): Tensor[] {
  const { code, heap } = runtime;
  const layout = rowsLayout(y.shape);
  const dx = heap.output(y.shape);
  const dbias = heap.output([layout.channels]);
  const [job, partials] = heap.scratch([jobBytes('ActGradJob'), layout.partials * layout.wideBytes]);
  writeJob(heap, job, 'ActGradJob', {
    ...layout.fields,
    y: heap.pointer(y),
    dy: heap.pointer(dy),
    dx: heap.pointer(dx),
    partials,
    blocks: layout.partials,
    dbias: heap.pointer(dbias),
    slope,
  });
  parallel(runtime, kernel, job, layout.units, layout.grain, 0);
  code.foldBias(job);
  return [dx, dbias];
}
