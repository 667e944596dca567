import { type Change, type Experiment, initialExperiment } from '../../config/experiment.ts';
import type { Dataset, Split } from '../data/dataset.ts';
import { noise } from './values.ts';

/** The smallest DCGAN: 16 px, 4 channels, batch 4. */
export function tinyExperiment(change: Change = {}): Experiment {
  return {
    ...initialExperiment,
    'data.size': 16,
    'model.latent': 8,
    'model.widthG': 4,
    'model.widthD': 4,
    'train.batch': 4,
    ...change,
  };
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
