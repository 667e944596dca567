import * as tf from '@tensorflow/tfjs-core';
import { type ClassifiedId, type ClassifierFacts, classifiers } from '../../config/classifiers.ts';
import { datasetFacts } from '../../config/datasets.ts';
import { DuelError } from '../../config/errors.ts';
import { checkBytes } from '../data/check.ts';
import type { DataSource } from '../data/source.ts';
import { Network } from '../nn/network.ts';
import { type NetworkSpec, sizeOf } from '../nn/spec.ts';
import { openStreams } from '../streams.ts';

/** Units of the last hidden layer: few enough for a thousand samples to say how they are distributed. */
export const featureCount = 64;

/** A small network that tells the classes of a set: three strided convolutions, a dense layer of features, the classes. */
export function classifierSpec(id: ClassifiedId): NetworkSpec {
  const { size, channels, classes } = datasetFacts(id);
  const leaky = { init: { kind: 'he' }, bias: true, activation: 'leaky0.1' } as const;
  return {
    input: [size, size, channels],
    layers: [
      { kind: 'conv', filters: 16, kernel: 5, stride: 2, ...leaky },
      { kind: 'conv', filters: 32, kernel: 3, stride: 2, ...leaky },
      { kind: 'conv', filters: 32, kernel: 3, stride: 2, ...leaky },
      { kind: 'flatten' },
      { kind: 'dense', units: featureCount, ...leaky },
      { kind: 'dense', units: classes.length, init: { kind: 'glorot' }, bias: true, activation: 'linear' },
    ],
  };
}

/** A network that has been trained to tell the classes of a set. */
export class Classifier {
  readonly #network: Network;

  /** @param network of {@link classifierSpec}; the classifier owns it from now on */
  constructor(network: Network) {
    this.#network = network;
  }

  /**
   * @param images [n, size, size, channels] in [-1, 1], of the set's own size
   * @returns [n, classes] logits
   */
  logits(images: tf.Tensor): tf.Tensor2D {
    return this.#network.forward(images, { training: false }) as tf.Tensor2D;
  }

  dispose(): void {
    this.#network.dispose();
  }
}

/**
 * Loads the shipped classifier of a set. Its file holds the weights one after the other, in the order of the network's
 * variables, as little-endian bfloat16: the upper half of a float, whose three digits cost no accuracy here.
 *
 * @param facts of a file that is not in the table yet
 * @throws DuelError as `loadDataset`
 */
export async function loadClassifier(
  id: ClassifiedId,
  source: DataSource,
  facts: Pick<ClassifierFacts, 'file' | 'bytes' | 'sha256'> = classifiers[id],
): Promise<Classifier> {
  const { file: name, ...promised } = facts;
  const file = `classifiers/${name}`;
  const bytes = await source(file);
  await checkBytes(bytes, promised, file);
  const network = new Network(classifierSpec(id), openStreams(0).init);
  const values = fromBfloat16(bytes);
  if (values.length !== network.variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0)) {
    network.dispose();
    throw new DuelError('data-damaged', { file });
  }
  let next = 0;
  for (const variable of network.variables) {
    const own = values.subarray(next, next + variable.size);
    next += variable.size;
    tf.tidy(() => variable.assign(tf.tensor(own, variable.shape, 'float32')));
  }
  return new Classifier(network);
}

/** @param bytes an odd one at the end is left out */
function fromBfloat16(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = Uint32Array.from({ length: bytes.length >> 1 }, (_, i) => view.getUint16(2 * i, true) << 16);
  return new Float32Array(bits.buffer);
}

/** Rounds floats to bfloat16, for the file. Finite ones only. */
export function toBfloat16(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * values.length);
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  const view = new DataView(bytes.buffer);
  bits.forEach((word, i) => {
    view.setUint16(2 * i, (word + 0x7fff + ((word >>> 16) & 1)) >>> 16, true);
  });
  return bytes;
}
