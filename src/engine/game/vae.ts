import * as tf from '@tensorflow/tfjs-core';
import { collectStatistics, type Network } from '../nn/network.ts';
import { pixelSpread } from '../objectives/elbo.ts';
import type { Averaging, Optimiser, StepSettings } from '../optim/optimiser.ts';
import type { Match } from '../step.ts';
import { upload } from '../upload.ts';
import type { Game, Row } from './game.ts';

/**
 * A variational autoencoder (Kingma & Welling 2013): no opponent. D's place is the encoder's, G is the decoder, and one
 * update moves both down reconstruction + beta x divergence, the negative of the evidence lower bound at beta = 1.
 */
export const vae: Game = {
  update: ({ match, reals, settings, averaging }) => {
    const { images } = reals();
    const { 'train.batch': count, 'model.latent': latent } = match.experiment;
    const { posterior } = match.streams;
    const noise = upload<tf.Tensor2D>([count, latent], (values) => posterior.normals(values.length, 1, 0, values));
    const row = elboStep(match, images, noise, { g: settings('g'), d: settings('d') }, averaging);
    tf.dispose([images, noise]);
    return row;
  },

  // The mean of the code, and running statistics: the same image always gives the same copy.
  reconstruct: ({ g, d }, images) => {
    const { mean } = codeOf(d.network.forward(images, { training: false }));
    return g.network.forward(mean, { training: false });
  },
};

/**
 * Moves encoder and decoder once. Running statistics of both follow their batch.
 *
 * @param images [batch, size, size, channels] in [-1, 1]
 * @param noise standard normal, [batch, latent]: the code is mean + deviation x noise
 * @param settings of the decoder's optimiser and of the encoder's
 * @returns d: [divergence, NaN, NaN, gradient norm of the encoder, NaN, NaN], g: [reconstruction, gradient norm of the decoder];
 *   both losses in nats an image, the divergence without beta
 */
export function elboStep(
  match: Pick<Match, 'g' | 'd' | 'experiment' | 'streams'>,
  images: tf.Tensor,
  noise: tf.Tensor2D,
  settings: Readonly<Record<'d' | 'g', StepSettings>>,
  averaging?: Averaging,
): Required<Row> {
  const { g, d, experiment, streams } = match;
  const dropout = { rate: experiment['model.dropoutD'], stream: streams.dropout };
  const [ofEncoder, ofDecoder] = [collectStatistics(), collectStatistics()];
  const row = tf.tidy(() => {
    const losses: tf.Scalar[] = [];
    const { grads } = tf.variableGrads(() => {
      const { onStatistics } = ofEncoder;
      const { mean, logVariance } = codeOf(d.network.forward(images, { training: true, dropout, onStatistics }));
      const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise));
      const made = g.network.forward(z, { training: true, onStatistics: ofDecoder.onStatistics });
      const error = reconstructionLoss(images, made);
      const divergence = divergenceLoss(mean, logVariance);
      losses.push(tf.keep(divergence), tf.keep(error));
      return tf.add(error, tf.mul(divergence, experiment['vae.beta']));
    }, [...d.network.variables, ...g.network.variables]);
    const [divergence, error] = losses as [tf.Scalar, tf.Scalar];
    const norms = {
      d: moved(d.optimiser, d.network, grads, settings.d),
      g: moved(g.optimiser, g.network, grads, settings.g, averaging),
    };
    const none = tf.scalar(Number.NaN);
    const packed = { d: tf.stack([divergence, none, none, norms.d, none, none]), g: tf.stack([error, norms.g]) };
    tf.dispose(losses);
    return packed;
  });
  d.network.updateRunning(ofEncoder.batch);
  g.network.updateRunning(ofDecoder.batch);
  return row as { d: tf.Tensor1D; g: tf.Tensor1D };
}

/** The encoder's output, [batch, 2 latent], as the code's means and the logarithms of its variances. */
function codeOf(output: tf.Tensor): { mean: tf.Tensor2D; logVariance: tf.Tensor2D } {
  const [mean, logVariance] = tf.split(output, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  return { mean, logVariance };
}

/**
 * -log N(x; made, s^2) of each image without its constant, n ln(s sqrt(2 pi)) for n pixels; the batch's mean. Gaussian,
 * and not the paper's Bernoulli pixels: grey and colour are no coin tosses (their cross-entropy is not 0 even for a
 * perfect copy), and G's tanh stays what it is in a GAN.
 */
export function reconstructionLoss(x: tf.Tensor, made: tf.Tensor): tf.Scalar {
  return tf.mul(tf.sum(tf.square(tf.sub(x, made))), 1 / (2 * pixelSpread ** 2 * (x.shape[0] as number)));
}

/** KL(N(mean, variance) || N(0, I)) of each code (appendix B of the paper); the batch's mean. */
export function divergenceLoss(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Scalar {
  const perUnit = tf.sub(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), 1), logVariance);
  return tf.mul(tf.sum(perUnit), 0.5 / mean.shape[0]);
}

/** Steps one side's optimiser. @returns the norm of its gradient */
function moved(
  optimiser: Optimiser,
  network: Network,
  grads: tf.NamedTensorMap,
  settings: StepSettings,
  averaging?: Averaging,
): tf.Scalar {
  const ordered = network.variables.map(({ name }) => grads[name] as tf.Tensor);
  return optimiser.step(ordered, settings, averaging);
}
