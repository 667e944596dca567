import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { ladder } from './dcgan.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

/** Keeps the variance through a layer that nothing bends. */
const plain: Initializer = { kind: 'he', gain: Math.SQRT1_2 };

/**
 * 1 x 1, 3 x 3, 1 x 1. Fix-up initialisation (Zhang et al. 2019): the last convolution starts at zero, so that the whole
 * network starts as its shortcuts, and the others are smaller the more blocks there are, for three layers by L^(-1/4).
 */
function block(width: number, blocks: number): LayerSpec {
  const init: Initializer = { kind: 'he', gain: blocks ** -0.25 };
  const bent = { filters: width, stride: 1, init, bias: true, activation: 'leaky' } as const;
  return {
    kind: 'residual',
    body: [
      { kind: 'conv', kernel: 1, ...bent },
      { kind: 'conv', kernel: 3, ...bent },
      { kind: 'conv', kernel: 1, ...bent, init: { kind: 'zeros' }, bias: false, activation: 'linear' },
    ],
    shortcut: [],
  };
}

/**
 * Residual networks in the manner of R3GAN, small: no normalisation, which a gradient penalty on each image would not
 * bear, fix-up initialisation, resampling by a fixed blur, no tanh. Its grouped convolutions are plain ones here, its
 * basis layers dense ones. `width` is the channels at the image's own size; each halving doubles them.
 */
export const resnet: Model = {
  id: 'resnet',
  citation: {
    text: 'Huang, Gokaslan, Kuleshov & Tompkin 2024, The GAN is dead; long live the GAN! A Modern GAN Baseline',
    url: 'https://arxiv.org/abs/2501.05441',
  },

  generator: (experiment, channels) => {
    const { base, doublings } = ladder(experiment['data.size']);
    const width = experiment['model.widthG'];
    const widest = width * 2 ** doublings;
    const layers: LayerSpec[] = [
      { kind: 'dense', units: base * base * widest, init: plain, bias: false, activation: 'linear' },
      { kind: 'reshape', shape: [base, base, widest] },
      block(widest, doublings + 1),
    ];
    for (let up = doublings - 1; up >= 0; up--) {
      const filters = width * 2 ** up;
      layers.push({ kind: 'resample', way: 'up', filters, init: plain }, block(filters, doublings + 1));
    }
    layers.push({ kind: 'conv', filters: channels, kernel: 1, stride: 1, ...last });
    return { input: [experiment['model.latent']], layers };
  },

  discriminator: (experiment, channels) => {
    const size = experiment['data.size'];
    const { doublings } = ladder(size);
    const width = experiment['model.widthD'];
    const layers: LayerSpec[] = [
      { kind: 'conv', filters: width, kernel: 1, stride: 1, ...last },
      block(width, doublings + 1),
    ];
    for (let down = 1; down <= doublings; down++) {
      const filters = width * 2 ** down;
      layers.push({ kind: 'resample', way: 'down', filters, init: plain }, block(filters, doublings + 1));
    }
    layers.push(...minibatchLayers(experiment));
    layers.push({ kind: 'flatten' }, { kind: 'dense', units: 1, ...last });
    return { input: [size, size, channels], layers };
  },
};

/** To and from the image, and to the logit. */
const last = { init: plain, bias: true, activation: 'linear' } as const;
