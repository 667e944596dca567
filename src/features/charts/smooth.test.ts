import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smooth } from './smooth.ts';

const values = fc.array(fc.double({ noNaN: true, min: -1e3, max: 1e3 }), { minLength: 1, maxLength: 60 });
const weight = fc.double({ noNaN: true, min: 0, max: 0.99 });

it('is the weighted mean of all points so far, each weighing w times the one after it', () => {
  fc.assert(
    fc.property(values, weight, (x, w) => {
      const means = x.map((_, i) => {
        const weights = x.slice(0, i + 1).map((_, j) => w ** (i - j));
        const total = weights.reduce((sum, one) => sum + one, 0);
        return weights.reduce((sum, one, j) => sum + one * (x[j] as number), 0) / total;
      });
      smooth(x, w).forEach((value, i) => {
        expect(value).toBeCloseTo(means[i] as number, 8);
      });
    }),
  );
});

it('changes nothing at weight 0, and never a constant', () => {
  fc.assert(
    fc.property(values, (x) => {
      // Differences, since 0 and -0 are the same here.
      expect(smooth(x, 0).map((one, i) => Math.abs(one - (x[i] as number)))).toEqual(x.map(() => 0));
    }),
  );
  fc.assert(
    fc.property(weight, (w) => {
      for (const value of smooth(Array(50).fill(3), w)) expect(value).toBeCloseTo(3, 10);
    }),
  );
});

it('matches what TensorBoard draws of 1, 2, 3, 4 at 0.6', () => {
  // 1; (0.6 + 2) / 1.6; (0.36 + 1.2 + 3) / 1.96; (0.216 + 0.72 + 1.8 + 4) / 2.176
  const drawn = smooth([1, 2, 3, 4], 0.6);
  [1, 1.625, 2.326530612, 3.095588235].forEach((value, i) => {
    expect(drawn[i]).toBeCloseTo(value, 8);
  });
});
