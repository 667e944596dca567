import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

const keras: Initializer = { kind: 'glorot' };
const ones: Initializer = { kind: 'normal', mean: 1, deviation: 0 };

/** After the activation, as the article has it; Keras's epsilon. */
const norm = { kind: 'norm', momentum: 0.8, epsilon: 1e-3, gamma: ones, activation: 'linear' } as const;
const leaky = { kernel: 4, init: keras, bias: true, activation: 'leaky' } as const;

/**
 * The network of the article that Duel grew from, made to run: its dense layer gets the units that its reshape needs,
 * and one image shape drives G's output, D's input and the data. The layers' order is the article's.
 */
export const article: Model = {
  id: 'article',
  citation: { text: 'The challenges of GANs and their solutions, section 4', url: '' },

  generator: (experiment, channels) => {
    const base = experiment['data.size'] / 4;
    const layers: LayerSpec[] = [
      { kind: 'dense', units: base * base * 128, init: keras, bias: true, activation: 'leaky' },
      norm,
      { kind: 'reshape', shape: [base, base, 128] },
      { kind: 'convTranspose', filters: 128, stride: 1, ...leaky },
      norm,
      { kind: 'convTranspose', filters: 64, stride: 2, ...leaky },
      norm,
      { kind: 'convTranspose', filters: channels, stride: 2, ...leaky, activation: 'tanh' },
    ];
    return { input: [experiment['model.latent']], layers };
  },

  discriminator: (experiment, channels) => {
    const size = experiment['data.size'];
    const layers: LayerSpec[] = [
      { kind: 'conv', filters: 64, stride: 2, ...leaky },
      { kind: 'dropout' },
      { kind: 'conv', filters: 128, stride: 2, ...leaky },
      { kind: 'dropout' },
      ...minibatchLayers(experiment),
      { kind: 'flatten' },
      { kind: 'dense', units: 1, init: keras, bias: true, activation: 'linear' },
    ];
    return { input: [size, size, channels], layers };
  },
};
