import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { ladder } from './dcgan.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

const small: Initializer = { kind: 'normal', mean: 0, deviation: 0.02 };
const ones: Initializer = { kind: 'normal', mean: 1, deviation: 0 };
const norm = { kind: 'norm', momentum: 0.9, epsilon: 1e-5, gamma: ones, activation: 'relu' } as const;

/** Three doublings at most, as in the paper, whose images begin at an eighth of their side; two where a third is odd. */
function stages(size: number): { base: number; doublings: number } {
  const doublings = Math.min(3, ladder(size).doublings);
  return { base: size / 2 ** doublings, doublings };
}

/**
 * The convolutional networks of the spectral normalisation paper (its tables 3 and 4), where a width of 64 is the
 * paper's. D has no norm: spectral normalisation, a regulariser, takes its place. D keeps the side in a 3 x 3 layer before
 * it halves it in a 4 x 4 one.
 */
export const sndcgan: Model = {
  id: 'sndcgan',
  citation: {
    text: 'Miyato, Kataoka, Koyama & Yoshida 2018, Spectral Normalization for Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1802.05957',
  },

  generator: (experiment, channels) => {
    const { base, doublings } = stages(experiment['data.size']);
    const width = experiment['model.widthG'];
    const widest = width * 2 ** doublings;
    const bare = { init: small, bias: false, activation: 'linear' } as const;
    const layers: LayerSpec[] = [
      { kind: 'dense', units: base * base * widest, ...bare },
      { kind: 'reshape', shape: [base, base, widest] },
      norm,
    ];
    for (let up = doublings - 1; up >= 0; up--) {
      layers.push({ kind: 'convTranspose', filters: width * 2 ** up, kernel: 4, stride: 2, ...bare }, norm);
    }
    layers.push({ kind: 'conv', filters: channels, kernel: 3, stride: 1, init: small, bias: true, activation: 'tanh' });
    return { input: [experiment['model.latent']], layers };
  },

  discriminator: (experiment, channels) => {
    const size = experiment['data.size'];
    const { doublings } = stages(size);
    const width = experiment['model.widthD'];
    const leaky = { init: small, bias: true, activation: 'leaky0.1' } as const;
    const layers: LayerSpec[] = [{ kind: 'conv', filters: width, kernel: 3, stride: 1, ...leaky }];
    for (let down = 1; down <= doublings; down++) {
      const filters = width * 2 ** down;
      layers.push({ kind: 'conv', filters, kernel: 4, stride: 2, ...leaky });
      layers.push({ kind: 'conv', filters, kernel: 3, stride: 1, ...leaky });
    }
    layers.push(...minibatchLayers(experiment));
    layers.push({ kind: 'flatten' }, { kind: 'dense', units: 1, init: small, bias: true, activation: 'linear' });
    return { input: [size, size, channels], layers };
  },
};
