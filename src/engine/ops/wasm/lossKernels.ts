import * as tf from '@tensorflow/tfjs-core';
import type { TargetAttrs } from '../fused.ts';
import type { KernelRuntime } from './runtime.ts';

type Tensor = tf.TensorInfo;

/** See `bceWithLogits` in ../loss.ts. */
export function bce({ code, heap }: KernelRuntime, logits: Tensor, { target }: TargetAttrs): Tensor {
  const loss = heap.output([]);
  const count = tf.util.sizeFromShape(logits.shape);
  code.bce(heap.pointer(logits), heap.pointer(loss), count, target, 1 - target);
  return loss;
}

/** Its gradient, times dy. */
export function bceGrad({ code, heap }: KernelRuntime, logits: Tensor, dy: Tensor, { target }: TargetAttrs): Tensor {
  const dx = heap.output(logits.shape);
  const count = tf.util.sizeFromShape(logits.shape);
  code.bceGrad(heap.pointer(logits), heap.pointer(dy), heap.pointer(dx), count, target, 1 - target);
  return dx;
}

/** The mean of sigmoid(x). */
export function meanSigmoid({ code, heap }: KernelRuntime, x: Tensor): Tensor {
  const mean = heap.output([]);
  code.meanSigmoid(heap.pointer(x), heap.pointer(mean), tf.util.sizeFromShape(x.shape));
  return mean;
}
