import { expect, test } from 'vitest';
import { markdown, type Run } from './markdown.ts';

const noise = { modes: 5.7, highQuality: 0.004, medianSigmas: 32.5, reverseKl: 0.2 };
const run = (seed: number, modes: number, highQuality: number): Run => ({
  world: 'ring',
  loss: 'hinge',
  with: '',
  seed,
  steps: 10,
  seconds: 1,
  modes,
  highQuality,
  medianSigmas: 2,
  reverseKl: 0.1,
  noise,
});

test('seeds of one recipe share a row: their mean, least and greatest; noise stands first', () => {
  const other: Run = { ...run(1, 3, 0.1), world: 'grid' };
  const text = markdown([run(1, 7, 0.5), run(2, 8, 0.7), { ...run(1, 8, 0.9), with: 'spectral norm' }, other]);
  const [ring, grid] = text.split('## grid') as [string, string];
  const rows = ring.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.slice(2)).toEqual([
    '| noise | | | | 5.7 | 0.004 | 32.50 |',
    '| hinge | alone | 10 | 1, 2 | 7.5 (7.0 to 8.0) | 0.600 (0.500 to 0.700) | 2.00 |',
    '| hinge | spectral norm | 10 | 1 | 8.0 | 0.900 | 2.00 |',
  ]);
  expect(grid).toContain('| hinge | alone | 10 | 1 | 3.0 | 0.100 | 2.00 |');
});
