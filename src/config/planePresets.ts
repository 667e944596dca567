import type { Change } from './experiment.ts';
import type { Preset } from './presets.ts';

/** Both networks alike, no momentum, a short average: what most runs on the plane begin with. */
export const planeBase: Change = {
  'train.batch': 256,
  'objective.realLabel': 1,
  'g.lr': 1e-3,
  'd.lr': 1e-3,
  'g.beta1': 0,
  'd.beta1': 0,
  'g.beta2': 0.99,
  'd.beta2': 0.99,
  'ema.halfLife': 70,
};
const both: Change = { ...planeBase, 'train.limit': 3000 };
const ring: Change = { ...both, 'data.set': 'ring' };

/**
 * A D that sees waves of the plane beside its coordinates soon tells every fake from the clusters: what G gets from it is either
 * nothing or the way to the nearest cluster.
 */
const sharpD: Change = { ...ring, 'plane.waves': 32, 'g.lr': 3e-3, 'ema.halfLife': 0, 'train.limit': 1500 };

/** Noise on what D sees, less and less: reals and fakes then overlap (Arjovsky & Bottou 2017, section 3). */
const fadingNoise: Change = { 'reg.noise': 0.5, 'reg.noiseSteps': 2000, 'ema.halfLife': 70, 'train.limit': 2000 };

/** Plain gradient descent, as DiracGAN is studied with. */
const dirac: Change = {
  'data.set': 'dirac',
  'train.batch': 2,
  'objective.realLabel': 1,
  'g.optimiser': 'sgd',
  'd.optimiser': 'sgd',
  'g.lr': 0.1,
  'd.lr': 0.1,
  'ema.halfLife': 0,
  'train.limit': 2000,
};

/** The plane: one preset that holds for each objective, and those that fail as the literature says, with their mends. */
export const planePresets: readonly Preset[] = [
  { id: 'ring', change: ring, expected: 'stable' },
  { id: 'ring-minimax', change: { ...ring, 'objective.loss': 'minimax' }, expected: 'stable' },
  {
    id: 'ring-least-squares',
    change: { ...ring, 'objective.loss': 'leastSquares', 'reg.noise': 0.3, 'reg.noiseSteps': 3000 },
    expected: 'stable',
  },
  { id: 'ring-hinge', change: { ...ring, 'objective.loss': 'hinge', 'reg.spectral': 1 }, expected: 'stable' },
  {
    id: 'ring-rpgan',
    change: { ...ring, 'objective.loss': 'relativistic', 'reg.r1': 0.1, 'reg.r2': 0.1, 'train.limit': 2500 },
    expected: 'stable',
  },
  {
    id: 'ring-ragan',
    change: { ...ring, 'objective.loss': 'relativisticAverage', 'reg.r1': 0.1, 'reg.r2': 0.1, 'train.limit': 2500 },
    expected: 'stable',
  },
  { id: 'ring-wgan', change: { ...ring, 'objective.loss': 'wasserstein' }, expected: 'divergence' },
  {
    id: 'ring-wgan-gp',
    change: {
      ...ring,
      'objective.loss': 'wasserstein',
      'reg.gp': 1,
      'train.stepsD': 2,
      'g.lr': 2e-3,
      'd.lr': 2e-3,
      'g.beta2': 0.9,
      'd.beta2': 0.9,
      'optim.decay': 'linear',
      'optim.horizon': 2500,
      'train.limit': 2500,
    },
    expected: 'stable',
  },
  { id: 'ring-vanishing', change: { ...sharpD, 'objective.loss': 'minimax' }, expected: 'vanishing' },
  {
    id: 'ring-vanishing-mended',
    change: { ...sharpD, ...fadingNoise, 'objective.loss': 'minimax' },
    expected: 'stable',
  },
  { id: 'ring-collapse', change: sharpD, expected: 'collapse' },
  { id: 'ring-collapse-mended', change: { ...sharpD, ...fadingNoise }, expected: 'stable' },
  {
    id: 'grid',
    change: {
      ...both,
      'data.set': 'grid',
      'train.batch': 128,
      'plane.depth': 3,
      'plane.waves': 32,
      'model.pack': 4,
      'objective.loss': 'relativistic',
      'g.lr': 3e-3,
      'd.lr': 2e-3,
      'reg.noise': 0.3,
      'reg.noiseSteps': 6500,
      'optim.decay': 'linear',
      'optim.horizon': 6500,
      'train.limit': 6500,
    },
    expected: 'stable',
  },
  { id: 'dirac', change: { ...dirac, 'objective.loss': 'wasserstein' }, expected: 'oscillation' },
  { id: 'dirac-mended', change: { ...dirac, 'objective.loss': 'wasserstein', 'reg.r1': 0.3 }, expected: 'stable' },
];
