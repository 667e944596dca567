import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { expectClose, read } from '../testing/values.ts';
import { MovingAverage } from './ema.ts';
import { type Optimiser, optimisers, type StepSettings } from './optimiser.ts';

type Kind = keyof typeof optimisers;

/** Makes steps from `start` along `slope(x)`. @returns x after each step */
async function path(
  kind: Kind,
  start: readonly number[],
  slope: (x: number) => number,
  settings: readonly StepSettings[],
): Promise<number[][]> {
  const variable = tf.variable(tf.tensor1d([...start]));
  const optimiser = optimisers[kind]([variable]);
  const made: number[][] = [];
  let x: readonly number[] = start;
  for (const setting of settings) {
    stepAlong(optimiser, x.map(slope), setting);
    x = await read(variable);
    made.push([...x]);
  }
  optimiser.dispose();
  variable.dispose();
  return made;
}

function stepAlong(optimiser: Optimiser, gradient: readonly number[], setting: StepSettings): void {
  tf.tidy(() => {
    optimiser.step([tf.tensor1d([...gradient])], setting);
  });
}

const repeat = <T>(value: T, times: number): T[] => new Array(times).fill(value);

/** On the current backend. Figures of Adam: PyTorch and tfjs (section 4.5 of science's tables). */
export function optimiserTests(): void {
  describe('Adam on x^2 from 1', () => {
    test.each([
      { lr: 1e-3, beta1: 0.9, beta2: 0.999, wanted: [0.999, 0.9980000262, 0.9970000961, 0.9960002269, 0.9950004361] },
      { lr: 2e-4, beta1: 0.5, beta2: 0.999, wanted: [0.9998, 0.9996000067, 0.9994000238, 0.9992000544, 0.9990001008] },
      { lr: 2e-4, beta1: 0, beta2: 0.99, wanted: [0.9998, 0.9996000199, 0.9994000596, 0.9992001192, 0.9990001984] },
      { lr: 1e-4, beta1: 0, beta2: 0.9, wanted: [0.9999, 0.9998000047, 0.999700014] },
    ])('$lr ($beta1, $beta2)', async ({ wanted, ...setting }) => {
      // The variable holds x - 1: near 1 the betas' part lies below float32's last bit, near 0 it does not.
      const made = await path('adam', [0], (moved) => 2 * (1 + moved), repeat(setting, wanted.length));
      expectClose(
        made.flat(),
        wanted.map((x) => x - 1),
        6e-10,
      );
    });
  });

  test("RMSprop 5e-5 on x^2 from 1: PyTorch's, with epsilon outside of the root", async () => {
    const setting = { lr: 5e-5, beta1: 0.5, beta2: 0.99 };
    const made = await path('rmsprop', [0], (moved) => 2 * (1 + moved), repeat(setting, 3));
    expectClose(
      made.flat(),
      [0.9995, 0.999145648, 0.998855639].map((x) => x - 1),
      6e-10,
    );
  });

  test("Adam 0.1 (0.8, 0.9) on [2, 4]: tfjs's own unit test", async () => {
    const made = await path('adam', [2, 4], (x) => 2 * x, repeat({ lr: 0.1, beta1: 0.8, beta2: 0.9 }, 2));
    expectClose(made[0] as number[], [1.9, 3.9], 1e-6);
    // tfjs allows 1e-3 here, and needs it: its own costs, below, say 1.80018 and 3.80008.
    expectClose(made[1] as number[], [1.8000001, 3.8002], 2e-4);
    const costs = [[2, 4], ...made].map((x) => x.reduce((sum, value) => sum + value ** 2, 0));
    expectClose(costs, [20, 18.82, 17.681284], 1e-5);
  });

  test('Adam under a constant gradient moves by the learning rate of each step', async () => {
    // m / (1 - b1^t) is g and v / (1 - b2^t) is g^2 at every t, so each step is lr * sign(g) but for epsilon.
    const rates = [1e-2, 1e-2, 3e-3, 3e-3, 1e-1];
    const settings = rates.map((lr) => ({ lr, beta1: 0.5, beta2: 0.99 }));
    const made = await path('adam', [0], () => -0.7, settings);
    expectClose(made.flat(), [1e-2, 2e-2, 2.3e-2, 2.6e-2, 0.126], 2e-7);
  });

  test('Adam corrects rightly for betas that change in mid-run', async () => {
    // The moments are weighted means of equal gradients whatever the weights, so each step is still lr.
    const betas = [0.5, 0.5, 0.99, 0.99, 0, 0.9].map((beta1, i) => ({ beta1, beta2: i < 3 ? 0.9 : 0.999 }));
    const made = await path(
      'adam',
      [0],
      () => -0.7,
      betas.map((beta) => ({ lr: 0.01, ...beta })),
    );
    expectClose(made.flat(), [0.01, 0.02, 0.03, 0.04, 0.05, 0.06], 2e-7);
  });

  test('Adam keeps moments for each variable', async () => {
    const variables = [tf.variable(tf.tensor1d([0, 0])), tf.variable(tf.tensor2d([[0]]))] as const;
    const optimiser = optimisers.adam(variables);
    // The second has no gradient at first: its moments stay 0 and it must not borrow the first one's.
    const gradients: [number[], number][] = [
      [[1, -2], 0],
      [[1, -2], 0],
      [[1, -2], 5],
    ];
    for (const [first, second] of gradients) {
      const settings = { lr: 0.1, beta1: 0, beta2: 0.5 };
      tf.tidy(() => {
        optimiser.step([tf.tensor1d(first), tf.tensor2d([[second]])], settings);
      });
    }
    expectClose(await read(variables[0]), [-0.3, 0.3], 1e-6);
    // v = 25 / 2, corrected by 1 - 1/8: the step is 0.1 * 5 / sqrt(12.5 / 0.875).
    expectClose(await read(variables[1]), [(-0.1 * 5) / Math.sqrt(12.5 / 0.875)], 1e-6);
    optimiser.dispose();
    tf.dispose([...variables]);
  });

  test('SGD on x^2: x = product of (1 - 2 lr), with a learning rate that changes', async () => {
    const rates = [0.1, 0.1, 0.1, 0.3, 0.3, 0.02];
    const made = await path(
      'sgd',
      [1, -3],
      (x) => 2 * x,
      rates.map((lr) => ({ lr, beta1: 0.9, beta2: 0.9 })),
    );
    let factor = 1;
    rates.forEach((lr, i) => {
      factor *= 1 - 2 * lr;
      expectClose(made[i] as number[], [factor, -3 * factor], 1e-6);
    });
  });

  test.each(['adam', 'sgd', 'rmsprop'] as const)('%s leaves as many tensors as it found', (kind) => {
    const before = tf.memory().numTensors;
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const optimiser = optimisers[kind]([variable]);
    stepAlong(optimiser, [1, 1], { lr: 0.1, beta1: 0.5, beta2: 0.9 });
    const after1 = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) stepAlong(optimiser, [1, 1], { lr: 0.1, beta1: 0.5, beta2: 0.9 });
    expect(tf.memory().numTensors).toBe(after1);
    optimiser.dispose();
    variable.dispose();
    // tf.variable keeps the tensor it is made from.
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  describe('moving average', () => {
    /** The average of a weight that is 1 for `ones` updates and 0 for `zeros`, with the counts of tensors. */
    async function averageOf(halfLife: number, ones: number, zeros: number): Promise<number> {
      const weight = tf.variable(tf.ones([2]));
      const average = new MovingAverage([weight]);
      for (let i = 0; i < ones; i++) average.update([weight], halfLife);
      tf.tidy(() => weight.assign(tf.zeros([2])));
      for (let i = 0; i < zeros; i++) average.update([weight], halfLife);
      const [value, other] = await read(average.values[0] as tf.Tensor);
      average.dispose();
      weight.dispose();
      expect(value).toBe(other);
      return value as number;
    }

    test('after one half-life, half of the old value is left', async () => {
      // 0.5^(1/3) is reached by (1 + t) / (10 + t) at t = 34.
      expectClose([await averageOf(3, 40, 3)], [0.5], 1e-5);
      expectClose([await averageOf(3, 40, 9)], [0.125], 1e-5);
      expectClose([await averageOf(1, 40, 1)], [0.5], 1e-5);
    });

    test('while it warms up, step t keeps (1 + t) / (10 + t)', async () => {
      // Product over t = 1 to n: (n + 1)! 10! / (10 + n)!
      expectClose([await averageOf(1000, 0, 1)], [2 / 11], 1e-6);
      expectClose([await averageOf(1000, 0, 4)], [(2 * 3 * 4 * 5) / (11 * 12 * 13 * 14)], 1e-6);
    });

    test('0 keeps nothing', async () => {
      expectClose([await averageOf(0, 20, 1)], [0], 0);
    });

    test('it is a copy: a weight that moves without an update does not move it', async () => {
      const weight = tf.variable(tf.tensor1d([5]));
      const average = new MovingAverage([weight]);
      average.update([weight], 0);
      tf.tidy(() => weight.assign(tf.tensor1d([7])));
      expectClose(await read(average.values[0] as tf.Tensor), [5], 0);
      average.dispose();
      weight.dispose();
    });

    test('leaves as many tensors as it found', () => {
      const weights = [tf.variable(tf.tensor1d([5])), tf.variable(tf.tensor1d([6]))];
      const before = tf.memory().numTensors;
      const average = new MovingAverage(weights);
      for (const halfLife of [0, 5, 0, 7]) average.update(weights, halfLife);
      expect(tf.memory().numTensors).toBe(before + 2);
      average.dispose();
      expect(tf.memory().numTensors).toBe(before);
      tf.dispose(weights);
    });
  });
}
