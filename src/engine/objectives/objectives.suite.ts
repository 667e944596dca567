import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { expectClose, read } from '../testing/values.ts';
import { objectives } from './index.ts';
import { lossOps as ops } from './lossOps.ts';

type Numbers = readonly number[];

async function lossD(id: keyof typeof objectives, real: Numbers, fake: Numbers, realLabel = 1): Promise<number> {
  const loss = tf.tidy(() =>
    objectives[id].lossD(ops, {
      real: tf.tensor2d([...real], [real.length, 1]),
      fake: tf.tensor2d([...fake], [fake.length, 1]),
      realLabel,
    }),
  );
  return taken(loss);
}

async function lossG(id: keyof typeof objectives, fake: Numbers, real: Numbers = fake): Promise<number> {
  const terms = () => ({
    fake: tf.tensor2d([...fake], [fake.length, 1]),
    ...(objectives[id].pairs && { real: tf.tensor2d([...real], [real.length, 1]) }),
  });
  return taken(tf.tidy(() => objectives[id].lossG(ops, terms())));
}

async function taken(loss: tf.Scalar): Promise<number> {
  const [value] = await read(loss);
  loss.dispose();
  return value as number;
}

/** G's gradient for one logit. */
async function slopeG(id: keyof typeof objectives, logit: number): Promise<number> {
  return taken(
    tf.tidy(() => tf.grad((x) => objectives[id].lossG(ops, { fake: x }))(tf.tensor1d([logit])) as unknown as tf.Scalar),
  );
}

/** On the current backend. The figures are science's (section 4.1 of its tables), by numpy and by tfjs's own losses. */
export function objectiveTests(): void {
  const r = [2, -1, 0.5];
  const f = [-2, 1, 0];

  describe('r = [2, -1, 0.5], f = [-2, 1, 0]', () => {
    test.each([
      ['nonSaturating', 1.349201],
      ['minimax', 1.349201],
      ['leastSquares', 1.708333],
      ['hinge', 1.833333],
      ['wasserstein', -0.833333],
      ['relativistic', 0.873052],
      ['relativisticAverage', 1.020506],
    ] as const)('D of %s', async (id, wanted) => {
      expectClose([await lossD(id, r, f)], [wanted], 1e-6);
    });

    test.each([
      ['nonSaturating', 1.044446],
      ['minimax', -0.711112],
      ['leastSquares', 1.666667],
      ['hinge', 0.333333],
      ['wasserstein', 0.333333],
      ['relativistic', 1.706385],
      ['relativisticAverage', 2.687173],
    ] as const)('G of %s', async (id, wanted) => {
      expectClose([await lossG(id, f, r)], [wanted], 1e-6);
    });

    test('smoothing is one-sided: only the reals have the target 0.9', async () => {
      expectClose([await lossD('nonSaturating', r, f, 0.9)], [0.688089 + 0.711112], 2e-6);
    });
  });

  test.each([
    ['nonSaturating', 2 * Math.LN2, Math.LN2],
    ['minimax', 2 * Math.LN2, -Math.LN2],
    ['hinge', 2, 0],
    ['wasserstein', 0, 0],
    ['relativistic', Math.LN2, Math.LN2],
    ['relativisticAverage', 2 * Math.LN2, 2 * Math.LN2],
  ] as const)('%s where D says 0 to everything', async (id, d, g) => {
    expectClose([await lossD(id, [0, 0], [0, 0]), await lossG(id, [0, 0])], [d, g], 1e-6);
  });

  const ids = Object.keys(objectives) as (keyof typeof objectives)[];

  test.each(ids)(
    '%s where G is right: what it says of its equilibrium, and D gains nothing by another score',
    async (id) => {
      const { score, d, g } = objectives[id].atEquilibrium;
      const all = [score, score];
      expectClose([await lossD(id, all, all), await lossG(id, all)], [d, g], 1e-6);
      for (const other of [score - 0.1, score + 0.1]) {
        // The same image, real as often as made.
        expect(await lossD(id, [other, other], [other, other])).toBeGreaterThan(d - 1e-6);
        const apart = [score, other];
        expect(await lossD(id, apart, apart)).toBeGreaterThan(d - 1e-6);
      }
    },
  );

  test('what only compares is blind to an offset of all scores', async () => {
    for (const id of ids.filter((one) => objectives[one].pairs)) {
      const shifted = [r.map((score) => score + 3), f.map((score) => score + 3)] as const;
      expectClose([await lossD(id, ...shifted)], [await lossD(id, r, f)], 2e-6);
      expectClose([await lossG(id, shifted[1], shifted[0])], [await lossG(id, f, r)], 2e-6);
    }
  });

  describe('large logits neither overflow nor vanish', () => {
    test('D wholly wrong by 100 on each side loses 200', async () => {
      expectClose([await lossD('nonSaturating', [-100], [100])], [200], 0);
    });

    test('D wholly right loses nothing', async () => {
      expectClose([await lossD('nonSaturating', [100], [-100])], [0], 1e-30);
    });

    test('D nearly right still loses a little: log(1 + e^-20) on each side', async () => {
      expectClose([await lossD('nonSaturating', [20], [-20])], [2 * 2.06115362e-9], 1e-14);
    });

    test('a smoothed target keeps a price on certainty: 0.1 * 100', async () => {
      expectClose([await lossD('nonSaturating', [100], [-100], 0.9)], [10], 1e-5);
    });

    test('G', async () => {
      expectClose([await lossG('nonSaturating', [-100])], [100], 0);
      expectClose([await lossG('minimax', [100])], [-100], 0);
    });
  });

  test('where D is sure, the saturating game has no gradient left and the other all of it', async () => {
    // d/df of -log sigmoid(f) is sigmoid(f) - 1; of log(1 - sigmoid(f)) it is -sigmoid(f).
    const sigmoid = 1 / (1 + Math.exp(8));
    expectClose([await slopeG('nonSaturating', -8)], [sigmoid - 1], 1e-6);
    expectClose([await slopeG('minimax', -8)], [-sigmoid], 1e-7);
    expect(sigmoid).toBeLessThan(4e-4);
  });
}
