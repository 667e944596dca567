import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { browserStarters } from './backend/browser.ts';
import { secondOrderTests } from './backend/gradients.suite.ts';
import { selfTest, selfTestTolerance } from './backend/selfTest.ts';
import { vaeTests } from './game/vae.suite.ts';
import { compositeTests } from './nn/composite.suite.ts';
import { minibatchTests } from './nn/minibatch.suite.ts';
import { layerTests } from './nn/nn.suite.ts';
import { objectiveTests } from './objectives/objectives.suite.ts';
import { optimiserTests } from './optim/optim.suite.ts';
import { augmentTests } from './regularizers/augment.suite.ts';
import { penaltyTests } from './regularizers/penalties.suite.ts';
import { penaltyStepTests } from './regularizers/penaltySteps.suite.ts';
import { trickTests } from './regularizers/tricks.suite.ts';
import { onEach } from './testing/backends.ts';
import { expectRun } from './testing/steps.ts';

/** What Node's tests hold cpu and wasm to, on the GPU's backends; wasm as the browser loads it. */
onEach(browserStarters, ['webgpu', 'webgl', 'wasm', 'cpu'], (backend) => {
  test('self-test', async () => {
    const { numTensors } = tf.memory();
    expect(await selfTest()).toBeLessThan(selfTestTolerance / 10);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  if (backend === 'cpu') return;

  describe('ten steps of DCGAN against PyTorch in float64', () => {
    test('batch norm, smoothing, Adam', () => expectRun('dcgan16', 1e-4));
  });

  describe('gradients of gradients', secondOrderTests);

  if (backend === 'wasm') return;

  describe('a VAE', () => vaeTests(3e-4));

  describe('objectives', objectiveTests);
  describe('penalties', penaltyTests);
  describe('penalised steps', () => penaltyStepTests(backend));
  describe('optimisers', optimiserTests);
  describe('layers', layerTests);
  describe('composite layers', compositeTests);
  describe('layers that compare a batch', minibatchTests);
  describe('tricks', trickTests);
  describe('augmentation', augmentTests);
});
