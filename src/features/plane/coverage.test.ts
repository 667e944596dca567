import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawWorld } from '../../engine/data/plane/index.ts';
import { measuredCount, measurePlane, noiseMeasures } from '../../engine/metrics/plane.ts';
import { coverageOf } from './coverage.ts';

const modesOf = (id: 'ring' | 'grid') => {
  const { modes } = drawWorld(id, 1);
  if (!modes) throw new Error(`${id} has clusters`);
  return modes;
};

test.each(['ring', 'grid'] as const)('on the %s it says what the engine’s measures say, of any points', (id) => {
  const { centres, sigma } = modesOf(id);
  const place = fc.tuple(
    fc.nat(centres.length / 2 - 1),
    fc.double({ min: -6, max: 6, noNaN: true }),
    fc.double({ min: -6, max: 6, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (places) => {
      const points = Float32Array.from(
        places.flatMap(([mode, dx, dy]) => [
          (centres[2 * mode] as number) + dx * sigma,
          (centres[2 * mode + 1] as number) + dy * sigma,
        ]),
      );
      const ours = coverageOf(points, centres, sigma);
      const theirs = measurePlane(points, { centres, sigma });
      expect(ours.found.filter(Boolean)).toHaveLength(theirs.modes);
      expect(ours.highQuality).toBeCloseTo(theirs.highQuality, 10);
      expect(ours.medianSigmas).toBeCloseTo(theirs.medianSigmas, 6);
    }),
    { numRuns: 60 },
  );
});

test.each(['ring', 'grid'] as const)('what noise has on the %s is what draws of noise have on average', (id) => {
  const { centres, sigma } = modesOf(id);
  const drawn = noiseMeasures({ centres, sigma });
  const { noise } = coverageOf(new Float32Array(2 * measuredCount), centres, sigma);
  // Their mean over 64 draws is itself uncertain by about 4 %.
  expect(Math.abs(noise.found / drawn.modes - 1)).toBeLessThan(0.1);
  expect(Math.abs(noise.highQuality / drawn.highQuality - 1)).toBeLessThan(0.1);
});
