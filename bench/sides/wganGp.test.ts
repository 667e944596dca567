import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { nodeStarters } from '../../src/engine/backend/node.ts';
import { withComposedOps } from '../../src/engine/ops/index.ts';
import { use } from '../../src/engine/testing/backends.ts';
import { noise } from '../../src/engine/testing/values.ts';
import { penalisedWork } from '../engine/works.ts';
import { penalisedStepper, penalty } from './wganGp.ts';

afterEach(() => tf.disposeVariables());

const tiny = () => {
  const work = penalisedWork(4);
  return { ...work, experiment: { ...work.experiment, 'model.widthG': 4, 'model.widthD': 4 } };
};

test('the penalty of a linear critic is that of its slope, wherever it is looked at', async () => {
  await use(nodeStarters, 'cpu');
  const slope = tf.tensor4d(Float32Array.from(noise(2 * 2, 5)), [1, 2, 2, 1]);
  const image = (seed: number) => tf.tensor4d(Float32Array.from(noise(3 * 4, seed)), [3, 2, 2, 1]);
  const judge = (x: tf.Tensor) => tf.sum(tf.mul(x, slope), [1, 2, 3]);
  const [got] = await penalty(judge, image(1), image(2), tf.fill([3, 1, 1, 1], 0.3)).data();
  const norm = Math.sqrt(Array.from(await slope.data()).reduce((sum, value) => sum + value ** 2, 0));
  expect(got).toBeCloseTo((norm - 1) ** 2, 5);
});

test('fused kernels on WASM and composed ops on the CPU make the same steps', async () => {
  const losses: number[][] = [];
  for (const backend of ['wasm', 'cpu'] as const) {
    await use(nodeStarters, backend);
    const stepper = penalisedStepper(tiny());
    for (let step = 0; step < 3; step++) {
      if (backend === 'cpu') withComposedOps(() => stepper.step());
      else stepper.step();
    }
    losses.push(Array.from(await stepper.read()));
    stepper.dispose();
  }
  const [wasm, cpu] = losses as [number[], number[]];
  // [loss, gradient norm] of D and of G, three steps.
  expect(wasm).toHaveLength(12);
  wasm.forEach((value, i) => {
    expect(Math.abs(value - (cpu[i] as number))).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)));
  });
});
