import * as tf from '@tensorflow/tfjs-core';
import { EpochSampler, gather } from '../../src/engine/data/sampler.ts';
import { modelOf } from '../../src/engine/models/index.ts';
import { Network } from '../../src/engine/nn/network.ts';
import { optimisers } from '../../src/engine/optim/optimiser.ts';
import { openStreams } from '../../src/engine/streams.ts';
import type { Work } from '../engine/works.ts';
import { noiseFor } from './noise.ts';
import type { Stepper } from './timing.ts';

/** Gulrajani et al. 2017, section 4. */
const weight = 10;

/**
 * Mean of (|gradient of D| - 1)^2 at random places between reals and fakes, one norm an image.
 * @param t [batch, 1, 1, 1] in [0, 1], where between
 */
export function penalty(judge: (x: tf.Tensor) => tf.Tensor, real: tf.Tensor, fake: tf.Tensor, t: tf.Tensor): tf.Scalar {
  const between = tf.add(fake, tf.mul(t, tf.sub(real, fake)));
  const slope = tf.grad((x) => tf.sum(judge(x)))(between);
  // The root has no slope at 0.
  const norms = tf.sqrt(tf.add(tf.sum(tf.square(slope), [1, 2, 3]), 1e-12));
  return tf.mean(tf.square(tf.sub(norms, 1)));
}

/** One step of WGAN-GP out of the engine's networks and optimisers: a critic without norms once, then G. */
export function penalisedStepper(work: Work): Stepper<Float32Array> {
  const { experiment, channels } = work;
  const batch = experiment['train.batch'];
  const latent = experiment['model.latent'];
  const dataset = noiseFor(work);
  const streams = openStreams(experiment['train.seed']);
  const sampler = new EpochSampler(dataset.train.count, streams.shuffle);
  const model = modelOf(experiment);
  const g = new Network(model.generator(experiment, channels), streams.init);
  const d = new Network(model.discriminator(experiment, channels), streams.init);
  if (d.mixesBatch) throw new Error('a penalised critic judges each image by itself');
  const optimiserG = optimisers.adam(g.variables);
  const optimiserD = optimisers.adam(d.variables);
  const settings = { lr: experiment['d.lr'], beta1: experiment['d.beta1'], beta2: experiment['d.beta2'] };
  const judge = (x: tf.Tensor) => d.forward(x, { training: true });
  const latents = () => tf.tensor2d(streams.latents.normals(batch * latent), [batch, latent]);
  const ordered = (grads: tf.NamedTensorMap, { variables }: Network) =>
    variables.map(({ name }) => grads[name] as tf.Tensor);
  let pending: tf.Tensor[] = [];

  const moveD = () =>
    tf.tidy(() => {
      const { size } = dataset;
      const real = tf.tensor4d(gather(dataset.train, sampler.next(batch), size, channels), [
        batch,
        size,
        size,
        channels,
      ]);
      const fake = tf.tidy(() => g.forward(latents(), { training: true }));
      const t = tf.tensor4d(streams.latents.uniforms(batch, 0, 1), [batch, 1, 1, 1]);
      const { value, grads } = tf.variableGrads(() => {
        const [r, f] = tf.split(judge(tf.concat([real, fake])), 2) as [tf.Tensor, tf.Tensor];
        const distance = tf.sub(tf.mean(f), tf.mean(r));
        return tf.add(distance, tf.mul(penalty(judge, real, fake, t), weight)) as tf.Scalar;
      }, [...d.variables]);
      return tf.stack([value, optimiserD.step(ordered(grads, d), settings)]);
    });
  const moveG = () =>
    tf.tidy(() => {
      const z = latents();
      const { value, grads } = tf.variableGrads(
        () => tf.neg(tf.mean(judge(g.forward(z, { training: true })))) as tf.Scalar,
        [...g.variables],
      );
      return tf.stack([value, optimiserG.step(ordered(grads, g), settings)]);
    });

  return {
    step: () => {
      pending.push(moveD(), moveG());
    },
    read: async () => {
      const values = tf.concat(pending);
      tf.dispose(pending);
      pending = [];
      const read = await values.data<'float32'>();
      values.dispose();
      if (!read.every(Number.isFinite)) throw new Error(`${work.name}: a loss or a gradient is not finite`);
      return read;
    },
    dispose: () => {
      for (const part of [optimiserG, optimiserD, g, d]) part.dispose();
      tf.dispose(pending);
    },
  };
}
