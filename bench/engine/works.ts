import { datasetFacts } from '../../src/config/datasets.ts';
import { type Experiment, initialExperiment } from '../../src/config/experiment.ts';
import { experimentOf, presetOf } from '../../src/config/presets.ts';
import { isWorld } from '../../src/config/worlds.ts';

/** A training step to be timed. Plain data: it travels to workers and to Python. */
export interface Work {
  readonly name: string;
  readonly experiment: Experiment;
  readonly channels: number;
  /** Not the experiment's own objective but Wasserstein's with a gradient penalty, built here: `sides/wganGp.ts`. */
  readonly penalised?: boolean;
}

interface Size {
  readonly size?: 28 | 32 | 64;
  readonly width?: number;
  readonly batch: number;
}

/**
 * The DCGAN that all engines are measured on: 4 x 4 kernels, 100 latents, no norm in D, Adam. Spelt out and not a preset:
 * presets are retuned, and the figures of different days are to mean the same.
 */
export function dcganWork({ size = 28, width = 64, batch }: Size): Work {
  const experiment: Experiment = {
    ...initialExperiment,
    'data.size': size,
    'train.batch': batch,
    'model.family': 'dcgan',
    'model.latent': 100,
    'model.widthG': width,
    'model.widthD': width,
    'model.normD': 'none',
    'model.dropoutD': 0,
    'objective.loss': 'nonSaturating',
    'objective.realLabel': 1,
    'g.optimiser': 'adam',
    'g.lr': 2e-4,
    'g.beta1': 0.5,
    'g.beta2': 0.999,
    'd.optimiser': 'adam',
    'd.lr': 2e-4,
    'd.beta1': 0.5,
    'd.beta2': 0.999,
    'optim.decay': 'none',
    'ema.halfLife': 0,
    'train.stepsD': 1,
    'train.stepsG': 1,
    'train.limit': 0,
  };
  return { name: `dcgan-${size} width ${width}`, experiment, channels: 1 };
}

/** The same nets as a WGAN-GP with one move of D to one of G. */
export function penalisedWork(batch: number): Work {
  const plain = dcganWork({ batch });
  return { ...plain, name: `wgan-gp of ${plain.name}`, penalised: true };
}

/** What a person trains who opens the page and chooses that preset. */
export function presetWork(id: string): Work {
  const experiment = { ...experimentOf(presetOf(id)), 'train.limit': 0 };
  const set = experiment['data.set'];
  return { name: `preset ${id}`, experiment, channels: isWorld(set) ? 0 : datasetFacts(set).channels };
}

/** A matrix product to be timed: [rows, inner] by [inner, columns], or the first factor's transpose stored. */
export interface Product {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeA?: boolean;
}

export function productName({ rows, inner, columns, transposeA }: Product): string {
  return `matmul ${rows}x${inner}x${columns}${transposeA ? ' (A stored transposed)' : ''}`;
}

export const square: Product = { rows: 1024, inner: 1024, columns: 1024 };

/** The products that the DCGAN-28 step of width 64 and batch 64 is made of, convolutions written as products. */
export const stepProducts: readonly Product[] = [
  { rows: 3136, inner: 1024, columns: 128 },
  { rows: 3136, inner: 128, columns: 1024 },
  { rows: 1024, inner: 3136, columns: 128, transposeA: true },
  { rows: 64, inner: 100, columns: 6272 },
];
