import { DuelError } from './errors.ts';
import { type Change, type Experiment, initialExperiment } from './experiment.ts';
import { planePresets } from './planePresets.ts';

/**
 * What a person should see when a preset runs. `i18n` words it; `npm run presets` prints it. The last four are illnesses:
 * few modes for many; a circle without end; no gradient left for G; losses and points that run away.
 */
export type Outcome = 'stable' | 'slow' | 'rough' | 'collapse' | 'oscillation' | 'vanishing' | 'divergence';

export interface Preset {
  readonly id: string;
  /** What differs from the table's initial values. */
  readonly change: Change;
  readonly expected: Outcome;
}

/**
 * The presets, in the order of the menu; the first is the default. The names and the sentences that say what to
 * expect and when are in `i18n` under `preset.<id>`. How the first four were tuned: docs/decisions/first-minute.md.
 */
/** Adam's own betas: what keeps a duel from overshooting only slows a VAE, whose loss does not move away. */
const vae: Change = {
  'model.family': 'vae',
  'model.latent': 16,
  'g.beta1': 0.9,
  'd.beta1': 0.9,
  'g.beta2': 0.999,
  'd.beta2': 0.999,
  'optim.decay': 'cosine',
  'optim.horizon': 3000,
};

export const presets: readonly Preset[] = [
  {
    id: 'fashion',
    change: {
      'objective.realLabel': 0.9,
      'g.lr': 3e-3,
      'g.beta1': 0.3,
      'd.beta1': 0.3,
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
      'ema.halfLife': 150,
    },
    expected: 'stable',
  },
  {
    id: 'digits',
    change: { 'data.set': 'digits', 'optim.decay': 'cosine', 'optim.horizon': 3000 },
    expected: 'stable',
  },
  {
    id: 'avatars',
    change: {
      'data.set': 'avatars',
      'data.size': 16,
      'model.widthG': 32,
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
    },
    expected: 'stable',
  },
  {
    id: 'emoji',
    change: { 'data.set': 'emoji', 'data.size': 32, 'optim.decay': 'cosine', 'optim.horizon': 3000 },
    expected: 'rough',
  },
  {
    id: 'digits-classes',
    change: {
      'data.set': 'digits',
      'model.classes': 'projection',
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
    },
    expected: 'stable',
  },
  {
    id: 'fashion-acgan',
    change: { 'model.classes': 'acgan', 'optim.decay': 'cosine', 'optim.horizon': 3000, 'ema.halfLife': 100 },
    expected: 'rough',
  },
  {
    id: 'sn-hinge',
    change: {
      'model.family': 'sndcgan',
      'objective.loss': 'hinge',
      'reg.spectral': 1,
      'g.lr': 1e-3,
      'd.lr': 1e-3,
      'g.beta1': 0,
      'd.beta1': 0,
      'g.beta2': 0.9,
      'd.beta2': 0.9,
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
      'ema.halfLife': 100,
    },
    expected: 'slow',
  },
  {
    id: 'wgan-gp',
    change: {
      'model.normD': 'none',
      'objective.loss': 'wasserstein',
      'reg.gp': 10,
      'train.stepsD': 2,
      'g.lr': 1e-3,
      'd.lr': 1e-3,
      'g.beta1': 0,
      'd.beta1': 0,
      'g.beta2': 0.9,
      'd.beta2': 0.9,
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
      'ema.halfLife': 100,
    },
    expected: 'slow',
  },
  {
    id: 'r3gan-small',
    change: {
      'model.family': 'resnet',
      'model.widthG': 8,
      'model.widthD': 8,
      'train.batch': 32,
      'objective.loss': 'relativistic',
      'reg.r1': 1,
      'reg.r2': 1,
      'g.lr': 1e-3,
      'd.lr': 1e-3,
      'g.beta1': 0,
      'd.beta1': 0,
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
      'ema.halfLife': 100,
    },
    expected: 'slow',
  },
  {
    id: 'stylegan-lite',
    change: {
      'model.family': 'style',
      'model.widthG': 8,
      'model.widthD': 8,
      'model.minibatch': 'stddev',
      'model.mixing': 0.5,
      'train.batch': 32,
      'reg.r1': 1,
      'g.lr': 1e-3,
      'd.lr': 1e-3,
      'g.beta1': 0,
      'd.beta1': 0,
      'optim.decay': 'cosine',
      'optim.horizon': 3000,
      'ema.halfLife': 100,
    },
    expected: 'slow',
  },
  {
    id: 'dcgan-paper',
    change: {
      'model.latent': 100,
      'model.widthG': 64,
      'model.widthD': 64,
      'train.batch': 128,
      'g.lr': 2e-4,
      'd.lr': 2e-4,
      'g.beta2': 0.999,
      'd.beta2': 0.999,
      'ema.halfLife': 0,
    },
    expected: 'slow',
  },
  {
    id: 'article',
    change: {
      'model.family': 'article',
      'model.latent': 100,
      'model.dropoutD': 0.3,
      'data.size': 32,
      'g.lr': 2e-4,
      'd.lr': 2e-4,
      'g.beta2': 0.999,
      'd.beta2': 0.999,
      'ema.halfLife': 0,
    },
    expected: 'slow',
  },
  {
    id: 'mlp',
    change: {
      'data.set': 'digits',
      'model.family': 'mlp',
      'model.latent': 64,
      'model.widthG': 32,
      'model.widthD': 32,
      'g.lr': 5e-4,
      'd.lr': 5e-4,
    },
    expected: 'rough',
  },
  {
    id: 'vae',
    change: vae,
    expected: 'stable',
  },
  {
    id: 'vae-digits',
    change: { ...vae, 'data.set': 'digits' },
    expected: 'stable',
  },
  {
    id: 'tiny',
    change: {
      'data.set': 'digits',
      'data.size': 16,
      'model.latent': 16,
      'model.widthG': 8,
      'model.widthD': 8,
      'train.batch': 8,
      'train.limit': 20_000,
    },
    expected: 'rough',
  },
  ...planePresets,
];

export const defaultPreset = presets[0] as Preset;

export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}

/** @throws DuelError `preset-unknown` with the names there are. */
export function presetOf(id: string): Preset {
  const preset = findPreset(id);
  if (preset) return preset;
  throw new DuelError('preset-unknown', { preset: id.slice(0, 60), known: presets.map((p) => p.id).join(', ') });
}

export function experimentOf(preset: Preset): Experiment {
  return { ...initialExperiment, ...preset.change };
}
