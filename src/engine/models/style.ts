import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { ladder } from './dcgan.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

const he: Initializer = { kind: 'he' };
const plain: Initializer = { kind: 'he', gain: Math.SQRT1_2 };

function styled(style: number, filters: number, up: boolean): LayerSpec {
  const shape = { kernel: 3, demodulate: true, noise: true, init: he, activation: 'leaky' } as const;
  return { kind: 'styledConv', style, filters, up, ...shape };
}

/**
 * StyleGAN2 made small: two mapping layers, w as long as z, plain convolutions; no path-length penalty, no skips. D is
 * its "orig" one, without norm, for a penalty. `width` is the channels at the image's own size; each halving doubles them.
 */
export const style: Model = {
  id: 'style',
  citation: {
    text: 'Karras et al. 2020, Analyzing and Improving the Image Quality of StyleGAN',
    url: 'https://arxiv.org/abs/1912.04958',
  },

  generator: (experiment, channels) => {
    const { base, doublings } = ladder(experiment['data.size']);
    const latent = experiment['model.latent'];
    const width = experiment['model.widthG'];
    const widest = width * 2 ** doublings;
    const mapping = { kind: 'dense', units: latent, init: he, bias: true, activation: 'leaky' } as const;
    const layers: LayerSpec[] = [
      { kind: 'unitSquare' },
      mapping,
      mapping,
      { kind: 'truncation', momentum: 0.995 },
      { kind: 'constant', shape: [base, base, widest] },
      styled(latent, widest, false),
    ];
    for (let up = doublings - 1; up >= 0; up--) {
      layers.push(styled(latent, width * 2 ** up, true), styled(latent, width * 2 ** up, false));
    }
    const toImage = {
      kernel: 1,
      up: false,
      demodulate: false,
      noise: false,
      init: plain,
      activation: 'linear',
    } as const;
    layers.push({ kind: 'styledConv', style: latent, filters: channels, ...toImage });
    return { input: [latent], layers };
  },

  discriminator: (experiment, channels) => {
    const size = experiment['data.size'];
    const { base, doublings } = ladder(size);
    const width = experiment['model.widthD'];
    const widest = width * 2 ** doublings;
    const bent = { init: he, bias: true, activation: 'leaky' } as const;
    const layers: LayerSpec[] = [{ kind: 'conv', filters: width, kernel: 1, stride: 1, ...bent }];
    for (let down = 0; down < doublings; down++) {
      layers.push({ kind: 'conv', filters: width * 2 ** down, kernel: 3, stride: 1, ...bent });
      layers.push({ kind: 'conv', filters: width * 2 ** (down + 1), kernel: 4, stride: 2, ...bent });
    }
    // The deviation is one more map, for the last convolution to look at; discrimination wants features.
    const minibatch = minibatchLayers(experiment);
    const onMaps = experiment['model.minibatch'] === 'stddev';
    layers.push(
      ...(onMaps ? minibatch : []),
      { kind: 'conv', filters: widest, kernel: 3, stride: 1, ...bent },
      ...(onMaps ? [] : minibatch),
      { kind: 'flatten' },
      { kind: 'dense', units: base * width, ...bent },
      { kind: 'dense', units: 1, ...bent, init: plain, activation: 'linear' },
    );
    return { input: [size, size, channels], layers };
  },
};
