import type { Field } from '../field.ts';

/** What the networks minimise. */
export const objective = {
  'objective.loss': {
    kind: 'choice',
    group: 'objective',
    live: true,
    options: [
      'nonSaturating',
      'minimax',
      'leastSquares',
      'hinge',
      'wasserstein',
      'relativistic',
      'relativisticAverage',
    ],
    initial: 'nonSaturating',
  },
  'objective.realLabel': {
    kind: 'slider',
    group: 'objective',
    live: true,
    when: { 'objective.loss': ['nonSaturating', 'minimax'] },
    min: 0.5,
    max: 1,
    step: 0.01,
    scale: 'linear',
    integer: false,
    initial: 1,
  },
  'vae.beta': {
    kind: 'slider',
    group: 'objective',
    live: true,
    when: { 'model.family': ['vae'] },
    min: 0.01,
    max: 100,
    step: 0.01,
    scale: 'log',
    integer: false,
    initial: 1,
    zeroIsOff: true,
  },
} as const satisfies Record<string, Field>;
