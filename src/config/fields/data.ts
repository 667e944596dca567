import { datasetIds } from '../datasets.ts';
import type { Field } from '../field.ts';
import { worldIds } from '../worlds.ts';
import { onImages, onThePlane } from './where.ts';

/** The data, and how many of them an update sees. */
export const data = {
  'data.set': {
    kind: 'choice',
    group: 'data',
    live: false,
    options: [...datasetIds, ...worldIds],
    initial: 'fashion',
  },
  'data.size': {
    kind: 'choice',
    group: 'data',
    live: false,
    options: [16, 28, 32, 64],
    when: onImages,
    initial: 28,
    unit: 'pixels',
  },
  'plane.noise': {
    kind: 'slider',
    group: 'data',
    live: false,
    when: onThePlane,
    min: 0.25,
    max: 16,
    step: 0.05,
    scale: 'log',
    integer: false,
    initial: 1,
  },
  'train.batch': {
    kind: 'slider',
    group: 'data',
    live: true,
    min: 2,
    max: 256,
    step: 1,
    scale: 'log',
    integer: true,
    initial: 64,
    unit: 'images',
  },
} as const satisfies Record<string, Field>;
