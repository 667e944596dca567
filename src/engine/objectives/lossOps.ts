import * as tf from '@tensorflow/tfjs-core';
import { bceWithLogits } from '../ops/index.ts';
import type { LossOps } from './objective.ts';

/** What objectives compute with, on tfjs' current backend. */
export const lossOps: LossOps = {
  bceWithLogits,
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  neg: tf.neg,
  relu: tf.relu,
  square: tf.square,
  mean: tf.mean,
};
