import { expect, test } from 'vitest';
import { mergeProfiles } from './profiles.ts';

test('medians over the steps, the costliest first; a kernel that a step lacks took it no time', () => {
  const conv = (ms: number) => ({ kernel: 'Conv2D', count: 4, ms });
  const adam = (ms: number) => ({ kernel: 'Adam', count: 2, ms });
  const rare = { kernel: 'Rare', count: 1, ms: 50 };
  expect(
    mergeProfiles([
      [conv(10), adam(2)],
      [adam(1), conv(30), rare],
      [conv(20), adam(3)],
    ]),
  ).toEqual([
    { kernel: 'Conv2D', count: 4, ms: 20 },
    { kernel: 'Adam', count: 2, ms: 2 },
    { kernel: 'Rare', count: 1, ms: 0 },
  ]);
});

test('no step, no kernels', () => {
  expect(mergeProfiles([])).toEqual([]);
});
