import type * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../config/experiment.ts';
import { latentOf } from '../config/families.ts';
import { batchOf } from './models/pack.ts';
import type { LatentBatch } from './step.ts';
import type { Stream, Streams } from './streams.ts';
import { upload } from './upload.ts';

/**
 * [labels.length, classes], one of each row 1.
 *
 * @param labels each below `classes`
 */
export function oneHot(labels: ArrayLike<number>, classes: number): tf.Tensor2D {
  return upload([labels.length, classes], (values) => {
    values.fill(0);
    for (let row = 0; row < labels.length; row++) values[row * classes + (labels[row] as number)] = 1;
  });
}

/** Labels of samples in turn: sheets and measures show each class as often as the next. */
export function inTurn(from: number, count: number, classes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: count }, (_, index) => (from + index) % classes);
}

/** Labels of a sheet, class after class in reading order. */
export function inOrder(count: number, classes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: count }, (_, index) => Math.floor((index * classes) / count));
}

/** Latents with the labels that they are for, if any. */
export function latentBatch(stream: Stream, count: number, latent: number, labels?: tf.Tensor2D): LatentBatch {
  const z = upload<tf.Tensor2D>([count, latent], (values) => stream.normals(values.length, 1, 0, values));
  return { z, ...(labels && { labels }) };
}

interface Drawing {
  readonly experiment: Experiment;
  readonly streams: Streams;
  /** 0 where the networks are told of none. */
  readonly classes: number;
  /** Labels of the training set, where there are classes. */
  readonly labelled?: Uint8Array;
  /** Styled convolutions of G. */
  readonly styledLayers: number;
}

/**
 * A batch for training. Classes come as often as in the training set; some batches mix the styles of two latents, from a
 * layer on that is drawn evenly (Karras et al. 2019, section 3.1).
 *
 * @param given classes to ask for, copied
 */
export function drawLatents(
  { experiment, streams, classes, labelled, styledLayers }: Drawing,
  given?: tf.Tensor2D,
): LatentBatch {
  const batch = batchOf(experiment);
  const share = experiment['model.mixing'];
  const mixes = styledLayers > 1 && share > 0 && streams.mixing.uniform() < share;
  const labels = labelled && (given?.clone() ?? oneHot(drawLabels(labelled, batch, streams.classes), classes));
  const made = latentBatch(streams.latents, mixes ? 2 * batch : batch, latentOf(experiment), labels);
  return mixes ? { ...made, crossover: 1 + Math.floor(streams.mixing.uniform() * (styledLayers - 1)) } : made;
}

function drawLabels(labels: Uint8Array, count: number, stream: Stream): Uint8Array {
  return Uint8Array.from({ length: count }, () => labels[Math.floor(stream.uniform() * labels.length)] as number);
}
