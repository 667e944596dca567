import { dcgan } from './dcgan.ts';
import type { Model } from './model.ts';

/** What a DCGAN may have and a VAE does not. */
const plain = { 'model.normG': 'batch', 'model.minibatch': 'none' } as const;

/**
 * A variational autoencoder of DCGAN's layers: the decoder is its generator; the encoder, in D's place, is its
 * discriminator with another last layer, which gives the mean and the log variance of each of the code's units.
 */
export const vae: Model = {
  id: 'vae',
  citation: {
    text: 'Kingma & Welling 2013, Auto-Encoding Variational Bayes',
    url: 'https://arxiv.org/abs/1312.6114',
  },

  generator: (experiment, channels) => dcgan.generator({ ...experiment, ...plain }, channels),

  discriminator: (experiment, channels) => {
    const { input, layers } = dcgan.discriminator({ ...experiment, ...plain }, channels);
    const logit = layers.at(-1);
    if (logit?.kind !== 'dense') throw new Error("the encoder ends as DCGAN's D does");
    return { input, layers: [...layers.slice(0, -1), { ...logit, units: 2 * experiment['model.latent'] }] };
  },
};
