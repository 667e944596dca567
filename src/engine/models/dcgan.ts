import type { Experiment } from '../../config/experiment.ts';
import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

/** Radford et al. 2015, section 4: weights from N(0, 0.02), the norm's scale from N(1, 0.02). */
const small: Initializer = { kind: 'normal', mean: 0, deviation: 0.02 };
const nearOne: Initializer = { kind: 'normal', mean: 1, deviation: 0.02 };

/** PyTorch's momentum 0.1 and epsilon, which most DCGANs since have used. */
const norm = { kind: 'norm', momentum: 0.9, epsilon: 1e-5, gamma: nearOne } as const;

const bare = { bias: false, activation: 'linear' } as const;

/** How a layer of G ends, and what follows it. */
const normsOfG = {
  batch: { ...bare, after: [{ ...norm, activation: 'relu' }] },
  virtual: { ...bare, after: [{ kind: 'virtualNorm', epsilon: 1e-5, gamma: nearOne, activation: 'relu' }] },
  none: { bias: true, activation: 'relu', after: [] },
} as const satisfies Record<Experiment['model.normG'], object>;

/** Side of the first feature map, and how often it doubles on the way to the image. */
export function ladder(size: number): { base: number; doublings: number } {
  const base = size % 7 === 0 ? 7 : 4;
  return { base, doublings: Math.log2(size / base) };
}

/**
 * DCGAN with 4 x 4 kernels: they divide by the stride, so that no pixel is written more often than its neighbour
 * (Odena et al. 2016), and padding means the same here and in PyTorch. `width` is the channels nearest the image;
 * each halving of the map doubles them.
 */
export const dcgan: Model = {
  id: 'dcgan',
  citation: {
    text: 'Radford, Metz & Chintala 2015, Unsupervised Representation Learning with Deep Convolutional GANs',
    url: 'https://arxiv.org/abs/1511.06434',
  },

  generator: (experiment, channels) => {
    const { base, doublings } = ladder(experiment['data.size']);
    const width = experiment['model.widthG'];
    const widest = width * 2 ** (doublings - 1);
    const { bias, activation, after } = normsOfG[experiment['model.normG']];
    const layers: LayerSpec[] = [
      { kind: 'dense', units: base * base * widest, init: small, bias, activation },
      { kind: 'reshape', shape: [base, base, widest] },
      ...after,
    ];
    for (let up = doublings - 2; up >= 0; up--) {
      const filters = width * 2 ** up;
      layers.push({ kind: 'convTranspose', filters, kernel: 4, stride: 2, init: small, bias, activation }, ...after);
    }
    const output = { kernel: 4, stride: 2, init: small, bias: true, activation: 'tanh' } as const;
    layers.push({ kind: 'convTranspose', filters: channels, ...output });
    return { input: [experiment['model.latent']], layers };
  },

  discriminator: (experiment, channels) => {
    const size = experiment['data.size'];
    const { doublings } = ladder(size);
    const layers: LayerSpec[] = [];
    for (let down = 0; down < doublings; down++) {
      const conv = {
        kind: 'conv',
        filters: experiment['model.widthD'] * 2 ** down,
        kernel: 4,
        stride: 2,
        init: small,
      } as const;
      // Not on the input layer, which would make it blind to the brightness of a batch (section 3 of the paper).
      if (experiment['model.normD'] === 'batch' && down > 0) {
        layers.push({ ...conv, bias: false, activation: 'linear' }, { ...norm, activation: 'leaky' });
      } else {
        layers.push({ ...conv, bias: true, activation: 'leaky' });
      }
      layers.push({ kind: 'dropout' });
    }
    layers.push(...minibatchLayers(experiment));
    layers.push({ kind: 'flatten' }, { kind: 'dense', units: 1, init: small, bias: true, activation: 'linear' });
    return { input: [size, size, channels], layers };
  },
};
