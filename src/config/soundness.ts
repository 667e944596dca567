import type { BackendReport } from './backends.ts';
import { type Change, type Experiment, isOn as isSet, isShown } from './experiment.ts';
import type { Path } from './fields.ts';
import { isWorld } from './worlds.ts';

/**
 * Settings that are each allowed but together go against what one of them relies on. The page says so at one of the two
 * and offers to mend it; nothing is forbidden, since seeing it fail teaches too. The reasons are in `i18n` under
 * `advice.<id>`.
 */
export interface Rule {
  readonly id: string;
  /** Where it is said. */
  readonly setting: Path;
  readonly when: (experiment: Experiment, backend?: BackendReport) => boolean;
  /** What makes it sound. */
  readonly mend: (experiment: Experiment) => Change;
}

/** Whether a stabiliser is at work, in networks that it can work in. */
const isOn = (path: Path, experiment: Experiment) => isShown(path, experiment) && isSet(path, experiment);

const penalties = ['reg.gp', 'reg.r1', 'reg.r2', 'reg.consensus'] as const satisfies Path[];
const boundsSlope = [...penalties, 'reg.clip', 'reg.spectral'] as const satisfies Path[];
const any = (paths: readonly Path[], experiment: Experiment) => paths.some((path) => isOn(path, experiment));

/** Whether a setting is in force at this value. */
function has<P extends Path>(experiment: Experiment, path: P, value: Experiment[P]): boolean {
  return isShown(path, experiment) && experiment[path] === value;
}

/** The largest error of the self-test with which a gradient of a gradient is still to be trusted; float32 stays below 1e-5. */
const preciseEnough = 1e-4;

function wholePacks(experiment: Experiment): number {
  const pack = experiment['model.pack'];
  return Math.max(1, Math.round(experiment['train.batch'] / pack)) * pack;
}

export const rules = [
  {
    id: 'penalty-norm',
    setting: 'model.normD',
    when: (experiment) => has(experiment, 'model.normD', 'batch') && any(penalties, experiment),
    mend: () => ({ 'model.normD': 'none' }),
  },
  {
    id: 'spectral-norm',
    setting: 'model.normD',
    when: (experiment) =>
      has(experiment, 'model.normD', 'batch') && isOn('reg.spectral', experiment) && !any(penalties, experiment),
    mend: () => ({ 'model.normD': 'none' }),
  },
  {
    id: 'spectral-fixup',
    setting: 'reg.spectral',
    when: (experiment) => has(experiment, 'model.family', 'resnet') && isOn('reg.spectral', experiment),
    // R3GAN's own: both, each update.
    mend: (experiment) => ({
      'reg.spectral': 0,
      ...(!any(penalties, experiment) && { 'reg.r1': 1, 'reg.r2': 1 }),
    }),
  },
  {
    id: 'penalty-discrimination',
    setting: 'model.minibatch',
    when: (experiment) => has(experiment, 'model.minibatch', 'discrimination') && any(penalties, experiment),
    mend: () => ({ 'model.minibatch': 'stddev' }),
  },
  {
    id: 'pack-batch',
    setting: 'train.batch',
    when: (experiment) =>
      isShown('model.pack', experiment) && experiment['train.batch'] % experiment['model.pack'] !== 0,
    mend: (experiment) => ({ 'train.batch': wholePacks(experiment) }),
  },
  {
    id: 'wasserstein-free',
    setting: 'objective.loss',
    when: (experiment) => has(experiment, 'objective.loss', 'wasserstein') && !any(boundsSlope, experiment),
    mend: (experiment) => ({
      // Gulrajani et al. 2017: 10 for images; their toys have 0.1.
      'reg.gp': isWorld(experiment['data.set']) ? 0.1 : 10,
      ...(has(experiment, 'model.normD', 'batch') && { 'model.normD': 'none' as const }),
    }),
  },
  {
    id: 'clip-penalty',
    setting: 'reg.clip',
    when: (experiment) => isOn('reg.clip', experiment) && isOn('reg.gp', experiment),
    mend: () => ({ 'reg.clip': 0 }),
  },
  {
    id: 'clip-spectral',
    setting: 'reg.clip',
    when: (experiment) =>
      isOn('reg.clip', experiment) && isOn('reg.spectral', experiment) && !isOn('reg.gp', experiment),
    mend: () => ({ 'reg.clip': 0 }),
  },
  {
    id: 'clip-momentum',
    setting: 'd.beta1',
    when: (experiment) => isOn('reg.clip', experiment) && isShown('d.beta1', experiment) && experiment['d.beta1'] > 0,
    mend: () => ({ 'd.beta1': 0 }),
  },
  {
    id: 'adapt-loss',
    setting: 'reg.augmentAdapt',
    when: (experiment) =>
      has(experiment, 'reg.augmentAdapt', true) &&
      ['wasserstein', 'relativistic'].includes(experiment['objective.loss']),
    mend: () => ({ 'reg.augmentAdapt': false }),
  },
  ...penalties.map((path) => ({
    id: 'penalty-precision' as const,
    setting: path,
    when: (experiment: Experiment, backend?: BackendReport) => {
      const error = backend?.candidates.find(({ name }) => name === backend.chosen)?.selfTestError ?? 0;
      return isOn(path, experiment) && error > preciseEnough;
    },
    mend: () => ({ [path]: 0, 'reg.spectral': 1 }) as Change,
  })),
] as const satisfies readonly Rule[];

export type Advice = (typeof rules)[number];

/** What is unsound in an experiment, on the backend that it runs on where that is known. */
export function unsound(experiment: Experiment, backend?: BackendReport): Advice[] {
  return rules.filter(({ when }) => when(experiment, backend));
}
