import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { onEach } from '../testing/backends.ts';
import { chooseBackend } from './choose.ts';
import { nodeStarters } from './node.ts';
import { selfTest, selfTestTolerance } from './selfTest.ts';
import { trial } from './trial.ts';

onEach(nodeStarters, ['cpu', 'wasm'], () => {
  test('the self-test agrees with PyTorch a hundred times better than it must, and leaves nothing behind', async () => {
    const { numTensors } = tf.memory();
    expect(await selfTest()).toBeLessThan(selfTestTolerance / 100);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('in Node', () => {
  test('WASM is chosen, after a true trial', async () => {
    const { numTensors } = tf.memory();
    const report = await chooseBackend(nodeStarters);
    expect(report.chosen).toBe('wasm');
    expect(report.wasm).toMatchObject({ threads: expect.any(Number), relaxed: expect.any(Boolean) });
    expect(report.candidates[2]?.trialMs).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('the trial leaves nothing behind', async () => {
    await tf.setBackend('wasm');
    const { numTensors } = tf.memory();
    expect(Number.isFinite(await trial())).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
