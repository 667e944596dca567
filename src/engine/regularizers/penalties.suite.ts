import * as tf from '@tensorflow/tfjs-core';
import { describe, test } from 'vitest';
import { type Change, initialExperiment } from '../../config/experiment.ts';
import { Network } from '../nn/network.ts';
import type { SpecOf } from '../nn/spec.ts';
import { optimisers } from '../optim/optimiser.ts';
import { discriminatorStep } from '../step.ts';
import { openStreams } from '../streams.ts';
import { disposePlayers, matchOf } from '../testing/steps.ts';
import { expectClose, read } from '../testing/values.ts';

const linear: SpecOf<'dense'> = {
  kind: 'dense',
  units: 1,
  init: { kind: 'glorot' },
  bias: false,
  activation: 'linear',
};

/**
 * A linear critic w x under the Wasserstein loss. The real is m in each direction and the fake is 0.
 * @returns the loss at w, the penalties' part of it, and w after the updates
 */
async function train(
  w: readonly number[],
  change: Change,
  { m = 0, updates = 1, lr = 0.01 }: { m?: number; updates?: number; lr?: number } = {},
): Promise<{ loss: number; penalty: number; w: number[] }> {
  const experiment = { ...initialExperiment, 'objective.loss': 'wasserstein', ...change } as const;
  const { init } = openStreams(0);
  const [g, d] = [1, w.length].map((inputs) => {
    const units = inputs === 1 ? w.length : 1;
    const network = new Network({ input: [inputs], layers: [{ ...linear, units }] }, init);
    return { network, optimiser: optimisers.sgd(network.variables) };
  }) as [Parameters<typeof matchOf>[0]['g'], Parameters<typeof matchOf>[0]['d']];
  const weights = d.network.variables[0] as tf.Variable;
  tf.tidy(() => weights.assign(tf.tensor2d([...w], [w.length, 1])));
  const match = matchOf({ g, d, experiment });
  const [real, z] = [tf.fill([3, w.length], m), tf.zeros<tf.Rank.R2>([3, 1])];
  let [loss, penalty] = [Number.NaN, Number.NaN];
  for (let i = 0; i < updates; i++) {
    const signals = discriminatorStep(match, { images: real }, { z }, { lr, beta1: 0, beta2: 0 });
    if (i === 0) [loss, , , , penalty] = (await read(signals)) as [number, number, number, number, number];
    signals.dispose();
  }
  const found = { loss, penalty, w: await read(weights) };
  tf.dispose([real, z]);
  match.ring.dispose();
  disposePlayers({ g, d });
  return found;
}

/** On the current backend. Figures: section 4.2 of science's tables, in closed form. */
export function penaltyTests(): void {
  const three = [1, 2, -2];

  describe('a linear critic of slope 3', () => {
    test.each([
      [{ 'reg.gp': 10 }, 40],
      [{ 'reg.gp': 10, 'reg.gpOneSided': true }, 40],
      [{ 'reg.r1': 10 }, 45],
      [{ 'reg.r2': 10 }, 45],
      [{ 'reg.r1': 10, 'reg.r2': 2, 'reg.gp': 1 }, 45 + 9 + 4],
    ] as const)('%o costs %d', async (change, wanted) => {
      const { loss, penalty } = await train(three, change);
      // The objective itself is 0 where reals and fakes are alike.
      expectClose([loss, penalty], [wanted, wanted], 1e-4);
    });

    test('and is moved along the exact gradient of the price', async () => {
      // d/dw of lambda (|w| - 1)^2 is 2 lambda (|w| - 1) w / |w|; of gamma / 2 |w|^2 it is gamma w.
      const penalised = await train(three, { 'reg.gp': 10 });
      expectClose(
        penalised.w,
        three.map((value) => value - (0.01 * 2 * 10 * 2 * value) / 3),
        1e-5,
      );
      for (const path of ['reg.r1', 'reg.r2'] as const) {
        const { w } = await train(three, { [path]: 10 });
        expectClose(
          w,
          three.map((value) => value - 0.01 * 10 * value),
          1e-5,
        );
      }
    });
  });

  test('one-sided, a critic flatter than 1 costs nothing', async () => {
    const flat = [0.3, 0.4];
    expectClose([(await train(flat, { 'reg.gp': 10 })).loss], [2.5], 1e-5);
    const { loss, w } = await train(flat, { 'reg.gp': 10, 'reg.gpOneSided': true });
    expectClose([loss, ...w], [0, ...flat], 1e-6);
  });

  test('a critic of slope 0 has a finite gradient', async () => {
    const { loss, w } = await train([0, 0], { 'reg.gp': 10, 'reg.r1': 1 });
    expectClose([loss, ...w], [10, 0, 0], 1e-4);
  });

  test('under the penalty 10 the best slope between 0 and 2 is 1.1, which says 2.2 of a distance of 2', async () => {
    const { w } = await train([0.5], { 'reg.gp': 10 }, { m: 2, updates: 30, lr: 0.04 });
    expectClose(w, [1.1], 1e-5);
    expectClose([(await train(w, { 'reg.gp': 10 }, { m: 2 })).loss], [0.1 - 2.2], 1e-4);
  });

  test('clipped at 0.01, it says 0.02 of a distance of 2', async () => {
    const { w } = await train([-0.5], { 'reg.clip': 0.01 }, { m: 2, updates: 3 });
    expectClose(w, [0.01], 1e-8);
    expectClose([(await train(w, {}, { m: 2 })).loss], [-0.02], 1e-7);
    const both = await train([0.5, -0.005], { 'reg.clip': 0.01 });
    expectClose(both.w, [0.01, -0.005], 1e-8);
  });
}
