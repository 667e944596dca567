import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { nameLoss } from './loss.ts';
import { startWebgpu } from './webgpu.ts';

test('a read that a lost device broke off gets the name of the loss; other failures keep theirs', async () => {
  const { backend } = await startWebgpu();
  const other = new Error('of something else');
  expect(await nameLoss(other)).toBe(other);
  const read = tf.square(tf.ones([2000])).data();
  backend.device.destroy();
  const thrown: unknown = await read.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  // What the browser says by itself names no loss.
  expect(thrown).toBeInstanceOf(DOMException);
  expect(await nameLoss(thrown)).toMatchObject({ code: 'device-lost', detail: { backend: 'webgpu' } });
  tf.removeBackend('webgpu');
});
