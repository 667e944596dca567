import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { nodeStarters } from './backend/node.ts';
import { EpochSampler, gather } from './data/sampler.ts';
import { models } from './models/index.ts';
import { Network } from './nn/network.ts';
import { MovingAverage } from './optim/ema.ts';
import { optimisers } from './optim/optimiser.ts';
import { Ring } from './regularizers/ring.ts';
import { Session, sheetCount } from './session.ts';
import { readImages, sampleAveraged, sampleRaw } from './sheets.ts';
import { discriminatorStep, generatorStep, judge, type Player } from './step.ts';
import { openStreams } from './streams.ts';
import { use } from './testing/backends.ts';
import { settingsOf } from './testing/steps.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

/** Which stream each thing is drawn from, and in which order, is what a seed means: a change breaks every old link. */
test('a session is its parts: its bits can be made again by hand from the streams of its seed', async () => {
  const experiment = tinyExperiment({ 'model.dropoutD': 0.25, 'train.seed': 123, 'ema.halfLife': 2 });
  const dataset = squares(1);
  const session = new Session(experiment, dataset);
  for (let i = 0; i < 3; i++) session.advance('both');

  const streams = openStreams(123);
  const [batch, latent] = [4, 8];
  const latents = (count: number, stream = streams.latents) =>
    tf.tensor2d(stream.normals(count * latent), [count, latent]);
  const { generator, discriminator } = models.dcgan;
  const networks = [generator, discriminator].map((make) => new Network(make(experiment, 1), streams.init));
  const [g, d] = networks.map((network) => ({ network, optimiser: optimisers.adam(network.variables) })) as [
    Player,
    Player,
  ];
  const sampler = new EpochSampler(dataset.train.count, streams.shuffle);
  const average = new MovingAverage(g.network.variables);
  const ring = new Ring({ g: g.network, d: d.network });
  for (let i = 0; i < 3; i++) {
    const real = tf.tensor4d(gather(dataset.train, sampler.next(batch), 16, 1), [batch, 16, 16, 1]);
    const match = { g, d, ring, experiment, step: i, streams };
    discriminatorStep(match, { images: real }, { z: latents(batch) }, settingsOf(experiment, 'd'));
    generatorStep(match, { z: latents(batch) }, settingsOf(experiment, 'g'));
    average.update(g.network.variables, 2);
  }

  const variables = [...g.network.variables, ...d.network.variables];
  const values = await Promise.all(
    variables.map(async (variable) => Float32Array.from(await variable.data<'float32'>())),
  );
  expect(await session.weights()).toEqual(values);

  const fixed = latents(sheetCount, streams.fixedLatents);
  const shown = { g, d, ring, experiment, step: 3, streams };
  const raw = sampleRaw(g.network, { z: fixed });
  expect(await session.generated(false)).toEqual(await readImages(raw, judge(shown, raw)));
  const averaged = sampleAveraged(g.network, average.values, { z: fixed }, { z: latents(128, streams.calibration) });
  expect(await session.generated(true)).toEqual(await readImages(averaged, judge(shown, averaged)));
  session.dispose();
});
