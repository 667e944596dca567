import { expect, test } from 'vitest';
import { productFlops, stepFlops } from './flops.ts';
import { dcganWork } from './works.ts';

const ofStep = (change: Parameters<typeof dcganWork>[0]) => {
  const { experiment, channels } = dcganWork(change);
  return stepFlops(experiment, channels);
};

test('a product', () => {
  expect(productFlops(1024, 1024, 1024)).toBe(2 ** 31);
});

test('the DCGAN-28 step of width 64 and batch 64 is 8.99 GFLOP', () => {
  // By hand: a 4x4 filter meets 26 taps an axis inside a map of 14, 54 inside one of 28; 709 M and 23.9 M a pass, dense 80.3 M and 0.8 M.
  const [middle, outer, denseG, denseD] = [2 * 64 * 26 ** 2 * 64 * 128, 2 * 64 * 54 ** 2 * 64, 80_281_600, 802_816];
  const g = denseG + middle + outer;
  const d = denseD + middle + outer;
  const moveD = g + 2 * d + 2 * (outer + 2 * middle + 2 * denseD);
  const moveG = g + d + d + (denseG + 2 * middle + 2 * outer);
  expect(ofStep({ batch: 64 })).toBe(moveD + moveG);
  expect(ofStep({ batch: 64 }) / 1e9).toBeCloseTo(8.99, 2);
});

test('it grows with the batch, and with the square of the width where both sides of a layer have it', () => {
  expect(ofStep({ batch: 256 })).toBe(16 * ofStep({ batch: 16 }));
  const growth = ofStep({ batch: 64, width: 128 }) / ofStep({ batch: 64, width: 64 });
  expect(growth).toBeGreaterThan(3.8);
  expect(growth).toBeLessThan(4);
});

test('more moves of D cost D and one forward pass of G each', () => {
  const { experiment, channels } = dcganWork({ batch: 1 });
  const flops = (stepsD: number, stepsG: number) =>
    stepFlops({ ...experiment, 'train.stepsD': stepsD, 'train.stepsG': stepsG }, channels);
  expect(flops(3, 1) - flops(2, 1)).toBe(flops(2, 1) - flops(1, 1));
  expect(flops(2, 2)).toBe(2 * flops(1, 1));
});
