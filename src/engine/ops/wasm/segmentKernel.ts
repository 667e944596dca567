import * as tf from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './runtime.ts';

/** Sum of the rows of x that share a segment id; x [n, ...], ids [n] -> [segments, ...]. */
export function segmentSum(
  { code, heap }: KernelRuntime,
  x: tf.TensorInfo,
  ids: tf.TensorInfo,
  segments: number,
): tf.TensorInfo {
  const inner = x.shape.slice(ids.shape.length);
  const sums = heap.output([segments, ...inner]);
  const rows = tf.util.sizeFromShape(ids.shape);
  const width = tf.util.sizeFromShape(inner);
  code.segmentSum(heap.pointer(x), heap.pointer(ids), heap.pointer(sums), rows, width, segments);
  return sums;
}
