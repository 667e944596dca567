import { type Experiment, initialExperiment } from '../../config/experiment.ts';
import type { Dataset } from '../data/dataset.ts';
import { Session } from '../session.ts';

/** The initial experiment at half its batch: small enough for a slow machine, large enough to tell. */
const experiment: Experiment = {
  ...initialExperiment,
  'train.batch': 32,
  'model.widthG': 16,
  'model.widthD': 16,
};

/** Steps timed after the first, which also pays for shaders and caches. */
const steps = 2;

/**
 * Times training steps of a small DCGAN-28 on the current backend, on noise.
 * @returns milliseconds a step
 */
export async function trial(): Promise<number> {
  const session = new Session(experiment, noise());
  try {
    session.advance('both');
    await session.read();
    const before = performance.now();
    for (let i = 0; i < steps; i++) session.advance('both');
    await session.read();
    return (performance.now() - before) / steps;
  } finally {
    session.dispose();
  }
}

function noise(): Dataset {
  const size = experiment['data.size'];
  const count = 64;
  const pixels = Uint8Array.from({ length: count * size * size }, (_, i) => (i * 7919) & 255);
  const split = { count, pixels, labels: new Uint8Array(count) };
  return { id: 'noise', size, channels: 1, train: split, heldOut: split, classes: [] };
}
