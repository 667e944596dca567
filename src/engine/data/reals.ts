import type * as tf from '@tensorflow/tfjs-core';
import { upload } from '../upload.ts';
import { type AnySet, isPlane } from './dataset.ts';
import { gather } from './sampler.ts';

/** One real, without the batch: an image [size, size, channels] in [-1, 1] or a point [dims]. */
export function shapeOf(set: AnySet): readonly number[] {
  return isPlane(set) ? [set.dims] : [set.size, set.size, set.channels];
}

/** The chosen ones of a split on the device, [indices.length, ...shape]. */
export function uploadReals(set: AnySet, split: 'train' | 'heldOut', indices: Int32Array): tf.Tensor {
  const shape = [indices.length, ...shapeOf(set)];
  return upload(shape, (values) => {
    if (!isPlane(set)) return gather(set[split], indices, set.size, set.channels, values);
    const { points } = set[split];
    return indices.forEach((index, i) => {
      if (!(index >= 0 && index < set[split].count))
        throw new RangeError(`no point ${index} among ${set[split].count}`);
      values.set(points.subarray(index * set.dims, (index + 1) * set.dims), i * set.dims);
    });
  });
}
