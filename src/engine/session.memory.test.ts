import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import { nodeStarters } from './backend/node.ts';
import { Session } from './session.ts';
import { onEach } from './testing/backends.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';

describe('memory', () => {
  const visit = async (session: Session, count: number) => {
    for (let i = 0; i < count; i++) session.advance('both');
    await session.generated(true);
    await session.generated(false);
    await session.real('train');
    await session.read();
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    return { numTensors, numBytes, numDataBuffers };
  };
  const small = { 'train.batch': 2, 'model.dropoutD': 0.3 };

  onEach(nodeStarters, ['cpu', 'wasm'], () => {
    test.each<[string, Change]>([
      ['batch norm in D, Adam', {}],
      [
        'minimax, SGD, no average',
        { 'objective.loss': 'minimax', 'g.optimiser': 'sgd', 'd.optimiser': 'sgd', 'ema.halfLife': 0 },
      ],
      ['several steps of each', { 'train.stepsD': 2, 'train.stepsG': 2, 'model.normD': 'none' }],
      ['no convolution', { 'model.family': 'mlp' }],
      ['residual layers', { 'model.family': 'resnet' }],
      ['styles, mixed', { 'model.family': 'style', 'model.mixing': 1, 'model.psi': 0.5 }],
      ['classes by projection', { 'model.classes': 'projection' }],
      ['classes by an auxiliary classifier', { 'model.classes': 'acgan' }],
      ['a VAE', { 'model.family': 'vae' }],
      [
        'every penalty',
        {
          'model.family': 'mlp',
          'objective.loss': 'relativistic',
          'd.optimiser': 'rmsprop',
          'reg.r1': 0.1,
          'reg.r2': 0.1,
          'reg.gp': 1,
          'reg.clip': 0.5,
          'reg.consensus': 0.01,
        },
      ],
      [
        'every trick',
        {
          'model.minibatch': 'discrimination',
          'model.pack': 2,
          'reg.spectral': 1,
          'reg.noise': 0.1,
          'reg.augment': 'all',
          'reg.augmentAdapt': true,
          'reg.features': 1,
          'reg.history': 0.01,
          'reg.clipNorm': 1,
        },
      ],
    ])('as many tensors and bytes at step 60 as at step 20, and none left over: %s', async (_, change) => {
      const before = tf.memory();
      const session = new Session(tinyExperiment({ ...small, ...change }), {
        ...squares(1, { count: 8 }),
        classes: ['a', 'b'],
      });
      const early = await visit(session, 20);
      const late = await visit(session, 40);
      expect(late).toEqual(early);
      session.dispose();
      const { numTensors, numBytes, numDataBuffers } = tf.memory();
      expect({ numTensors, numBytes, numDataBuffers }).toEqual({
        numTensors: before.numTensors,
        numBytes: before.numBytes,
        numDataBuffers: before.numDataBuffers,
      });
    });

    test('none left over when it ends halfway, with steps unread', () => {
      const { numTensors } = tf.memory();
      const session = new Session(tinyExperiment(small), squares(1, { count: 8 }));
      session.advance('both');
      session.advance('D');
      session.advanceHalf();
      expect(session.isHalfway).toBe(true);
      session.dispose();
      expect(tf.memory().numTensors).toBe(numTensors);
    });
  });
});
