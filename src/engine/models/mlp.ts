import { type Initializer, type LayerSpec, sizeOf } from '../nn/spec.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

const he: Initializer = { kind: 'he' };
const glorot: Initializer = { kind: 'glorot' };

/** Units of a hidden layer for each channel of width, so that one slider serves both kinds of net. */
const unitsPerWidth = 8;

function hidden(width: number, activation: 'relu' | 'leaky'): LayerSpec {
  return { kind: 'dense', units: width * unitsPerWidth, init: he, bias: true, activation };
}

/** Two hidden layers a side, no convolution: the shape of net that the first GAN used on digits. */
export const mlp: Model = {
  id: 'mlp',
  citation: {
    text: 'Goodfellow et al. 2014, Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1406.2661',
  },

  generator: (experiment, channels) => {
    const image = [experiment['data.size'], experiment['data.size'], channels];
    const width = experiment['model.widthG'];
    const layers: LayerSpec[] = [
      hidden(width, 'relu'),
      hidden(width * 2, 'relu'),
      { kind: 'dense', units: sizeOf(image), init: glorot, bias: true, activation: 'tanh' },
      { kind: 'reshape', shape: image },
    ];
    return { input: [experiment['model.latent']], layers };
  },

  discriminator: (experiment, channels) => {
    const size = experiment['data.size'];
    const width = experiment['model.widthD'];
    const layers: LayerSpec[] = [
      { kind: 'flatten' },
      hidden(width * 2, 'leaky'),
      { kind: 'dropout' },
      hidden(width, 'leaky'),
      { kind: 'dropout' },
      ...minibatchLayers(experiment),
      { kind: 'dense', units: 1, init: glorot, bias: true, activation: 'linear' },
    ];
    return { input: [size, size, channels], layers };
  },
};
