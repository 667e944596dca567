import * as tf from '@tensorflow/tfjs-core';

/** The same values in a tensor that no gradient leads to. tfjs has no stop_gradient. */
export function offTape<T extends tf.Tensor>(tensor: T): T {
  const { dataId, shape, dtype } = tensor;
  tf.backend().incRef(dataId);
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype }) as T;
}
