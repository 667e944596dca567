import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { BackendName } from '../../config/backends.ts';
import type { Starters } from '../backend/choose.ts';
import { registerGradients } from '../backend/gradients.ts';

/** Makes a backend tfjs's current one, starting it at the first call. */
export async function use(starters: Starters, name: BackendName): Promise<void> {
  await registerGradients();
  if (tf.engine().findBackend(name)) await tf.setBackend(name);
  else await starters[name]?.();
  if (tf.getBackend() !== name) throw new Error(`${name} does not run here`);
  listen();
}

/** What the WebGPU device complained of: a rejected command is otherwise a silent no-op. */
const complaints: string[] = [];

function listen(): void {
  const { device } = tf.backend() as unknown as { device?: GPUDevice };
  if (device) device.onuncapturederror = ({ error }) => complaints.push(error.message);
}

/** Runs the same tests on several backends. */
export function onEach(starters: Starters, names: readonly BackendName[], tests: (backend: BackendName) => void): void {
  describe.each(names)('on %s', (name) => {
    beforeAll(() => use(starters, name));
    tests(name);
    afterAll(() => expect(complaints.splice(0)).toEqual([]));
  });
}
