import type { Experiment } from '../../config/experiment.ts';
import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

const he: Initializer = { kind: 'he' };
const glorot: Initializer = { kind: 'glorot' };

type Hidden = 'relu' | 'leaky';

function hidden(depth: number, units: number, activation: Hidden, dropout: boolean): LayerSpec[] {
  const layer: LayerSpec = { kind: 'dense', units, init: he, bias: true, activation };
  return Array.from({ length: depth }, () => (dropout ? [layer, { kind: 'dropout' } as const] : [layer])).flat();
}

function last(units: number): LayerSpec {
  return { kind: 'dense', units, init: glorot, bias: true, activation: 'linear' };
}

const depthOf = (experiment: Experiment) => experiment['plane.depth'];

/** Dense nets between the plane and a small latent space: what the toys of the GAN literature are made with. */
export const plane: Model = {
  id: 'plane',
  citation: {
    text: 'Lin et al. 2018, PacGAN: The power of two samples in generative adversarial networks, section 4.1',
    url: 'https://arxiv.org/abs/1712.04086',
  },

  generator: (experiment) => ({
    input: [experiment['plane.latent']],
    layers: [...hidden(depthOf(experiment), experiment['plane.widthG'], 'relu', false), last(2)],
  }),

  discriminator: (experiment) => ({
    input: [2],
    layers: [
      ...hidden(depthOf(experiment), experiment['plane.widthD'], 'leaky', true),
      ...minibatchLayers(experiment),
      last(1),
    ],
  }),
};
