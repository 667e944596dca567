/**
 * Trains the classifiers that the measures use, and writes them to `public/classifiers/` and `src/config/classifiers.ts`:
 *
 *     npx tsx scripts/classifiers.ts
 *
 * Seeded: on one backend a second run gives the same bytes. The results are committed, so nobody needs to run it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type ClassifiedId, classifiers } from '../src/config/classifiers.ts';
import { chooseBackend } from '../src/engine/backend/choose.ts';
import { nodeStarters } from '../src/engine/backend/node.ts';
import { crossEntropy } from '../src/engine/classLosses.ts';
import type { Dataset } from '../src/engine/data/dataset.ts';
import { fileSource } from '../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../src/engine/data/load.ts';
import { uploadReals } from '../src/engine/data/reals.ts';
import { EpochSampler } from '../src/engine/data/sampler.ts';
import { oneHot } from '../src/engine/latents.ts';
import { type Classifier, classifierSpec, loadClassifier, toBfloat16 } from '../src/engine/metrics/classifier.ts';
import { Network } from '../src/engine/nn/network.ts';
import { translate } from '../src/engine/ops/translate.ts';
import { optimisers } from '../src/engine/optim/optimiser.ts';
import { decay } from '../src/engine/optim/schedule.ts';
import { openStreams } from '../src/engine/streams.ts';

const [epochs, batch, lr, furthest] = [30, 64, 2e-3, 2];
const folder = fileURLToPath(new URL('../public/classifiers/', import.meta.url));
const table = fileURLToPath(new URL('../src/config/classifiers.ts', import.meta.url));

/** Adam with a cosine to next to nothing; each image is moved by up to two pixels, which is all the augmentation. */
function trained(id: ClassifiedId, set: Dataset): Network {
  const { train, classes } = set;
  const streams = openStreams(1);
  const network = new Network(classifierSpec(id), streams.init);
  const sampler = new EpochSampler(train.count, streams.shuffle);
  const optimiser = optimisers.adam(network.variables);
  const steps = Math.floor((epochs * train.count) / batch);
  const shift = () => Math.floor(streams.augment.uniform() * (2 * furthest + 1)) - furthest;
  for (let step = 0; step < steps; step++) {
    tf.tidy(() => {
      const indices = sampler.next(batch);
      const labels = oneHot(
        Uint8Array.from(indices, (index) => train.labels[index] as number),
        classes.length,
      );
      const images = translate(
        uploadReals(set, 'train', indices) as tf.Tensor4D,
        Array.from(indices, () => [shift(), shift()] as const),
      );
      const { value, grads } = tf.variableGrads(
        () => crossEntropy(network.forward(images, { training: true }) as tf.Tensor2D, labels),
        [...network.variables],
      );
      const gradients = network.variables.map(({ name }) => grads[name] as tf.Tensor);
      optimiser.step(gradients, { lr: lr * decay('cosine', step, steps), beta1: 0.9, beta2: 0.999 });
      if (step % 200 === 0) process.stderr.write(`\r${id}: step ${step} of ${steps}, loss ${value.dataSync()[0]}  `);
    });
  }
  process.stderr.write('\n');
  optimiser.dispose();
  return network;
}

/** Share of the held-out images whose class is told. */
async function accuracyOf(classifier: Classifier, set: Dataset): Promise<number> {
  const { count, labels } = set.heldOut;
  const told = tf.tidy(() => {
    const images = uploadReals(
      set,
      'heldOut',
      Int32Array.from({ length: count }, (_, i) => i),
    );
    return tf.argMax(classifier.logits(images), 1);
  });
  const classes = await told.data();
  told.dispose();
  return labels.reduce((sum, label, i) => sum + Number(label === classes[i]), 0) / count;
}

await chooseBackend(nodeStarters, 'wasm', {});
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const rows: string[] = [];
for (const id of Object.keys(classifiers) as ClassifiedId[]) {
  const set = await loadDataset(id, fileSource());
  const network = trained(id, set);
  const weights = await Promise.all(network.variables.map((variable) => variable.data<'float32'>()));
  const bytes = toBfloat16(Float32Array.from(weights.flatMap((values) => Array.from(values))));
  network.dispose();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = `${id}-${sha256.slice(0, 8)}.bin`;
  writeFileSync(folder + file, bytes);
  const known = { file, bytes: bytes.length, sha256 };
  const classifier = await loadClassifier(id, fileSource(), known);
  const accuracy = await accuracyOf(classifier, set);
  classifier.dispose();
  console.log(JSON.stringify({ id, ...known, accuracy }));
  rows.push(
    `  ${id}: {`,
    `    file: '${file}',`,
    `    bytes: ${bytes.length},`,
    `    sha256: '${sha256}',`,
    `    accuracy: ${accuracy},`,
    '  },',
  );
}
writeFileSync(
  table,
  [
    '/** A classifier that ships. */',
    'export interface ClassifierFacts {',
    '  /** Under `public/classifiers/`. */',
    '  readonly file: string;',
    '  readonly bytes: number;',
    '  readonly sha256: string;',
    '  /** Share of the held-out images whose class it tells. */',
    '  readonly accuracy: number;',
    '}',
    '',
    '/** By the set whose classes they tell. Written by `npx tsx scripts/classifiers.ts`. */',
    'export const classifiers = {',
    ...rows,
    '} as const satisfies Record<string, ClassifierFacts>;',
    '',
    'export type ClassifiedId = keyof typeof classifiers;',
    '',
  ].join('\n'),
);
