import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodingIds, encodings, unpack } from '../../src/engine/data/encoding.ts';
import { packPixels } from './pack.ts';
import { interleave, seeded, shuffledByClass, unique } from './pictures.ts';

test.each(encodingIds)('%s gives back every value within half a level, and its own values exactly', (id) => {
  const encoding = encodings[id];
  const values = Uint8Array.from({ length: 256 }, (_, i) => i);
  const once = unpack(encoding, packPixels(encoding, values), 256) ?? new Uint8Array();
  const furthest = Math.max(...values.map((value, i) => Math.abs(value - (once[i] ?? 0))));
  expect(furthest).toBeLessThanOrEqual(Math.floor(255 / (encoding.levels - 1) / 2));
  expect([once[0], once[255]]).toEqual([0, 255]);
  expect(unpack(encoding, packPixels(encoding, once), 256)).toEqual(once);
});

test('every prefix of an interleaved order holds every class in its share', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.integer(), (classes, seed) => {
      const pictures = classes.flatMap((n, label) =>
        Array.from({ length: n }, () => ({ label, pixels: new Uint8Array() })),
      );
      const random = seeded(seed);
      const order = interleave(shuffledByClass(pictures, classes.length, random), random);
      expect(new Set(order)).toEqual(new Set(pictures));
      const found = classes.map(() => 0);
      order.forEach(({ label }, i) => {
        found[label] = (found[label] ?? 0) + 1;
        classes.forEach((n, one) => {
          const share = (n * (i + 1)) / order.length;
          expect(Math.abs((found[one] ?? 0) - share)).toBeLessThan(classes.length + 1);
        });
      });
    }),
    { seed: 5, numRuns: 50 },
  );
});

test('exact copies go, first ones stay', () => {
  const pictures = [1, 2, 1, 3, 2].map((value, label) => ({ label, pixels: Uint8Array.of(value, 0, 255) }));
  expect(unique(pictures).map(({ label }) => label)).toEqual([0, 1, 3]);
});
