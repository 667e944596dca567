import { type Change, type Experiment, initialExperiment } from '../../config/experiment.ts';
import type { Dataset, Split } from '../data/dataset.ts';
import { noise } from './values.ts';

/** Set whatever the table begins with, so that retuned defaults move no test. */
const tiny: Change = {
  'data.size': 16,
  'train.batch': 4,
  'model.family': 'dcgan',
  'model.latent': 8,
  'model.widthG': 4,
  'model.widthD': 4,
  'model.normG': 'batch',
  'model.normD': 'batch',
  'model.dropoutD': 0,
  'objective.loss': 'nonSaturating',
  'objective.realLabel': 1,
  'g.optimiser': 'adam',
  'd.optimiser': 'adam',
  'g.lr': 2e-3,
  'd.lr': 2e-3,
  'g.beta1': 0.5,
  'd.beta1': 0.5,
  'g.beta2': 0.99,
  'd.beta2': 0.99,
  'optim.decay': 'none',
  'ema.halfLife': 50,
  'train.stepsD': 1,
  'train.stepsG': 1,
  'train.limit': 0,
  'train.seed': 7,
};

/** The smallest DCGAN: 16 px, 4 channels, batch 4. */
export function tinyExperiment(change: Change = {}): Experiment {
  return { ...initialExperiment, ...tiny, ...change };
}

/**
 * Grey or coloured squares on black, by a formula: something to learn, and no file.
 * @param seed another one, another set
 */
export function squares(seed: number, { size = 16, channels = 1, count = 64 } = {}): Dataset {
  const split = (salt: number): Split => {
    const pixels = new Uint8Array(count * size * size * channels);
    const random = noise(count * 4, seed * 2 + salt);
    const draw = (index: number, low: number, high: number) =>
      Math.floor(low + (((random[index] as number) + 1) / 2) * (high - low));
    for (let i = 0; i < count; i++) {
      const side = draw(i * 4, size / 4, size / 2);
      const [top, left] = [draw(i * 4 + 1, 0, size - side), draw(i * 4 + 2, 0, size - side)];
      const shade = draw(i * 4 + 3, 120, 256);
      for (let y = top; y < top + side; y++) {
        const row = ((i * size + y) * size + left) * channels;
        pixels.fill(shade, row, row + side * channels);
      }
    }
    return { count, pixels, labels: new Uint8Array(count) };
  };
  return { id: `squares${seed}`, size, channels, train: split(0), heldOut: split(1), classes: [] };
}
