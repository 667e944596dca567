import type { Field } from '../field.ts';

// The same for both networks.
const optimiser = {
  kind: 'choice',
  group: 'optimisers',
  live: false,
  options: ['adam', 'sgd', 'rmsprop'],
  initial: 'adam',
} as const satisfies Field;

const rate = {
  kind: 'slider',
  group: 'optimisers',
  live: true,
  min: 1e-5,
  max: 0.1,
  step: 1e-5,
  scale: 'log',
  integer: false,
  initial: 2e-3,
} as const satisfies Field;

const beta1 = {
  kind: 'slider',
  group: 'optimisers',
  live: true,
  min: 0,
  max: 0.99,
  step: 0.01,
  scale: 'linear',
  integer: false,
  initial: 0.5,
} as const satisfies Field;

const beta2 = {
  kind: 'slider',
  group: 'optimisers',
  live: true,
  min: 0.8,
  max: 0.9999,
  step: 0.001,
  scale: 'linear',
  integer: false,
  initial: 0.99,
} as const satisfies Field;

/** How weights move. */
export const optimisers = {
  'g.optimiser': optimiser,
  'g.lr': rate,
  'g.beta1': { ...beta1, when: { 'g.optimiser': ['adam'] } },
  'g.beta2': { ...beta2, when: { 'g.optimiser': ['adam', 'rmsprop'] } },
  'd.optimiser': optimiser,
  'd.lr': rate,
  'd.beta1': { ...beta1, when: { 'd.optimiser': ['adam'] } },
  'd.beta2': { ...beta2, when: { 'd.optimiser': ['adam', 'rmsprop'] } },
  'optim.decay': {
    kind: 'choice',
    group: 'optimisers',
    live: true,
    options: ['none', 'linear', 'cosine'],
    initial: 'none',
  },
  'optim.horizon': {
    kind: 'slider',
    group: 'optimisers',
    live: true,
    when: { 'optim.decay': ['linear', 'cosine'] },
    min: 100,
    max: 100_000,
    step: 100,
    scale: 'log',
    integer: true,
    initial: 2000,
    unit: 'steps',
  },
} as const satisfies Record<string, Field>;
