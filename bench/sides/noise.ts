import type { Dataset } from '../../src/engine/data/dataset.ts';
import type { Work } from '../engine/works.ts';

const count = 256;
const classes = Array.from('0123456789');

/** A data set of the right shape: what it shows does not change what a step costs. */
export function noiseFor({ experiment, channels }: Work): Dataset {
  const size = experiment['data.size'];
  const pixels = Uint8Array.from({ length: count * size * size * channels }, (_, i) => (i * 7919) & 255);
  const split = { count, pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % classes.length) };
  return { id: 'noise', size, channels, train: split, heldOut: split, classes };
}
