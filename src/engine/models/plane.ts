import type { Experiment } from '../../config/experiment.ts';
import type { Initializer, LayerSpec } from '../nn/spec.ts';
import { minibatchLayers } from './minibatch.ts';
import type { Model } from './model.ts';

const he: Initializer = { kind: 'he' };
const glorot: Initializer = { kind: 'glorot' };

function hidden(depth: number, units: number, activation: 'relu' | 'leaky'): LayerSpec[] {
  return Array.from({ length: depth }, () => ({ kind: 'dense', units, init: he, bias: true, activation }) as const);
}

function last(units: number): LayerSpec {
  return { kind: 'dense', units, init: glorot, bias: true, activation: 'linear' };
}

/** Radians for each unit of the plane: half a wave over the gap between neighbouring clusters of the grid, about. */
const frequency = 3;

/**
 * Frequencies spread as a normal distribution of that deviation is, without chance: by equal shares of the radius and
 * the golden angle. [2, count]
 */
function frequencies(count: number): number[] {
  const waves = Array.from({ length: count }, (_, i) => {
    const radius = frequency * Math.sqrt(-2 * Math.log(1 - (i + 0.5) / count));
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
  return [...waves.map(([x]) => x), ...waves.map(([, y]) => y)];
}

function waves(count: number): LayerSpec[] {
  return count > 0 ? [{ kind: 'fourier', frequencies: frequencies(count) }] : [];
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
    layers: [...hidden(depthOf(experiment), experiment['plane.widthG'], 'relu'), last(2)],
  }),

  discriminator: (experiment) => ({
    input: [2],
    layers: [
      ...waves(experiment['plane.waves']),
      ...hidden(depthOf(experiment), experiment['plane.widthD'], 'leaky'),
      ...minibatchLayers(experiment),
      last(1),
    ],
  }),
};
