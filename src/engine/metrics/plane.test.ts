import { describe, expect, test } from 'vitest';
import { drawWorld } from '../data/plane/index.ts';
import { openStreams } from '../streams.ts';
import { measuredCount, measurePlane, noiseMeasures } from './plane.ts';

const modesOf = (id: 'ring' | 'grid') => {
  const { modes } = drawWorld(id, 1);
  if (!modes) throw new Error(`${id} has no modes`);
  return modes;
};

describe.each([
  // The disc of three sigmas, as a share of the box: whole ones within it, halves at a side, quarters at a corner.
  ['ring', 8, { whole: 4, half: 4, quarter: 0 }, 9 * Math.PI * 0.01 ** 2 * (1 / 4)],
  ['grid', 25, { whole: 9, half: 12, quarter: 4 }, 9 * Math.PI * 0.05 ** 2 * (1 / 64)],
] as const)('%s', (id, known, places, disc) => {
  test('points of the world itself: all modes, 1 - e^-4.5 within three sigmas, half within 1.1774', () => {
    const measured = measurePlane(drawWorld(id, 1).heldOut.points, modesOf(id));
    // Three standard errors of a share and of a median of 2,500; the divergence has a mean of (modes - 1) / 2n.
    expect(measured.modes).toBe(known);
    expect(Math.abs(measured.highQuality - (1 - Math.exp(-4.5)))).toBeLessThan(0.0064);
    expect(Math.abs(measured.medianSigmas - Math.sqrt(2 * Math.LN2))).toBeLessThan(0.051);
    expect(measured.reverseKl).toBeGreaterThan(0);
    expect(measured.reverseKl).toBeLessThan((3 * (known - 1)) / (2 * measuredCount));
  });

  test('noise in their box finds most modes with next to no quality', () => {
    const { modes, highQuality, medianSigmas } = noiseMeasures(modesOf(id));
    const found = (share: number) => 1 - (1 - share) ** measuredCount;
    const { whole, half, quarter } = places;
    expect(Math.abs(modes - (whole * found(disc) + half * found(disc / 2) + quarter * found(disc / 4)))).toBeLessThan(
      0.6,
    );
    expect(Math.abs(highQuality - disc * (whole + half / 2 + quarter / 4))).toBeLessThan(0.001);
    expect(medianSigmas).toBeGreaterThan(10);
  });
});

test('by hand: two modes of four, one sample on the border, which does not count', () => {
  const modes = { centres: Float32Array.of(0, 0, 10, 0, 0, 10, 10, 10), sigma: 0.5 };
  const points = Float32Array.of(0, 0, 0, 1, 9, 0, 10, 1.5, 4, 4, 0.5, 0);
  const { modes: found, highQuality, medianSigmas, reverseKl } = measurePlane(points, modes);
  expect([found, highQuality, medianSigmas]).toEqual([2, 4 / 6, 2]);
  // Three samples at one mode, one at another: sum of p log(4 p).
  expect(reverseKl).toBeCloseTo(0.75 * Math.log(3) + 0.25 * Math.log(1), 12);
});

test('nothing of high quality: no modes, and no divergence to speak of', () => {
  const far = openStreams(1).samples.uniforms(200, 50, 60);
  expect(measurePlane(far, modesOf('ring'))).toMatchObject({ modes: 0, highQuality: 0, reverseKl: Number.NaN });
});
