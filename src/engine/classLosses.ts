import * as tf from '@tensorflow/tfjs-core';
import type { Mode } from './nn/layers.ts';

/**
 * Cross-entropy of classes, the mean over the batch, in nats.
 *
 * @param logits [batch, classes]
 * @param labels likewise, one of each row 1
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  return tf.mean(tf.sub(tf.logSumExp(logits, 1), tf.sum(tf.mul(logits, labels), 1)));
}

/**
 * Gathers, during D's forward passes, what an auxiliary classifier adds to the loss of both (Odena et al. 2017, section
 * 4): the cross-entropy of the reals plus that of the fakes, also where both are judged in one pass.
 *
 * @param batch rows of one of them
 */
export function classLosses(batch: number): { readonly terms: tf.Scalar[] } & Required<Pick<Mode, 'onClasses'>> {
  const terms: tf.Scalar[] = [];
  return {
    terms,
    onClasses: (logits, labels) => {
      terms.push(tf.mul(crossEntropy(logits, labels), logits.shape[0] / batch));
    },
  };
}
