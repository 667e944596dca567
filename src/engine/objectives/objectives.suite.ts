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
      fake: tf.tensor1d([...fake]),
      realLabel,
    }),
  );
  return taken(loss);
}

async function lossG(id: keyof typeof objectives, fake: Numbers): Promise<number> {
  return taken(tf.tidy(() => objectives[id].lossG(ops, { fake: tf.tensor2d([...fake], [fake.length, 1]) })));
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
    test.each(['nonSaturating', 'minimax'] as const)('D of %s', async (id) => {
      expectClose([await lossD(id, r, f)], [1.349201], 1e-6);
    });

    test('smoothing is one-sided: only the reals have the target 0.9', async () => {
      expectClose([await lossD('nonSaturating', r, f, 0.9)], [0.688089 + 0.711112], 2e-6);
    });

    test('G', async () => {
      expectClose([await lossG('nonSaturating', f)], [1.044446], 1e-6);
      expectClose([await lossG('minimax', f)], [-0.711112], 1e-6);
    });
  });

  test.each(['nonSaturating', 'minimax'] as const)('%s where D says 0 to everything', async (id) => {
    const { d, g } = objectives[id].atEquilibrium;
    expectClose([d, Math.abs(g)], [Math.log(4), Math.log(2)], 1e-6);
    expectClose([await lossD(id, [0, 0], [0, 0])], [d], 1e-6);
    expectClose([await lossG(id, [0, 0])], [g], 1e-6);
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
