import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import type { View } from '../worker/protocol.ts';
import { built, quiet, start, tiny, withInlineEngine } from './inlineTesting.ts';

withInlineEngine();

describe('memory', () => {
  test('a run that ends leaves no tensor behind, however it was left', async () => {
    const before = tf.memory().numTensors;
    const { engine, recorder } = start();
    const create = (runId: number, change: Change, view: View) => {
      engine.send({ type: 'create', runId, experiment: tiny(change), view });
      return recorder.until((event) => event.type === 'state' && event.runId === runId && event.state === 'idle');
    };
    // In the middle of training.
    await create(1, { 'ema.halfLife': 10 }, { ...quiet, weights: 'ema' });
    engine.send({ type: 'train', runId: 1 });
    await recorder.until(({ type }) => type === 'progress');
    // Halfway through a step of slow motion.
    await create(2, { 'model.dropoutD': 0.3 }, { ...quiet, slow: true });
    engine.send({ type: 'train', runId: 2 });
    await recorder.until((event) => event.type === 'phase' && event.phase === 'D');
    // After single steps of each side, with plain gradient descent.
    await create(3, { 'g.optimiser': 'sgd', 'd.optimiser': 'sgd' }, quiet);
    engine.send({ type: 'step', runId: 3, which: 'D' });
    engine.send({ type: 'step', runId: 3, which: 'G' });
    await recorder.until((event) => event.type === 'samples' && event.sheet.step === 2 && event.sheet.side === 'real');
    engine.send({ type: 'dispose', runId: 3 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('tensors and bytes are the same after many steps as after few', async () => {
    const { engine, recorder, runId } = await built(
      { 'train.limit': 120, 'ema.halfLife': 10 },
      { ...quiet, weights: 'ema' },
    );
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished');
    const progress = recorder.of('progress');
    const early = progress.find(({ step }) => step >= 20);
    const late = progress.at(-1);
    expect(late?.step).toBe(120);
    expect(early?.step).toBeLessThan(100);
    expect([late?.tensors, late?.bytes]).toEqual([early?.tensors, early?.bytes]);
  });
});
