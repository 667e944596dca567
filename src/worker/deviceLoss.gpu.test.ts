/** What the page hears where a WebGPU device fails in mid-run. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { experimentOf, presetOf } from '../config/presets.ts';
import { watchDevice } from '../engine/backend/loss.ts';
import { startWebgpu } from '../engine/backend/webgpu.ts';
import { squares } from '../engine/testing/tiny.ts';
import { breathe } from './breathe.ts';
import { dispatcher } from './dispatch.ts';
import type { Command, Event } from './protocol.ts';
import { Trainer } from './trainer.ts';

const experiment = { ...experimentOf(presetOf('tiny')), 'train.limit': 0 };
const view = { weights: 'raw', split: 'heldOut', slow: false } as const;

/** Trains on a fresh device, does something to it, and waits for the end. @returns all that was said of failures */
async function failures(harm: (device: GPUDevice) => void): Promise<Event[]> {
  const { backend } = await startWebgpu();
  const events: Event[] = [];
  const emit = (event: Event) => events.push(event);
  const trainer = new Trainer({ emit, breathe, load: async (_, size) => squares(1, { size, count: 128 }) });
  watchDevice((error) => trainer.fail(error));
  const send: (command: Command) => void = dispatcher(trainer, emit, () => Promise.reject(new Error('not asked')));
  const until = async (wanted: (event: Event) => boolean) => {
    while (!events.some(wanted)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  send({ type: 'create', runId: 1, experiment, view });
  await until((event) => event.type === 'state' && event.state === 'idle');
  send({ type: 'train', runId: 1 });
  await until((event) => event.type === 'progress' && event.step >= 3);
  harm(backend.device);
  await until((event) => event.type === 'failed');
  await trainer.dispose();
  tf.removeBackend('webgpu');
  return events.filter((event) => event.type === 'failed');
}

test('a lost device ends the run by name, once', async () => {
  const said = await failures((device) => device.destroy());
  expect(said).toMatchObject([
    { runId: 1, failure: { code: 'device-lost', detail: { backend: 'webgpu' } }, fatal: true },
  ]);
});

test('a refused command ends the run by name: it would be a silent no-op', async () => {
  const said = await failures((device) => void device.createShaderModule({ label: 'no shader', code: 'nonsense' }));
  expect(said[0]).toMatchObject({ runId: 1, failure: { code: 'device-refused', detail: { backend: 'webgpu' } } });
});
