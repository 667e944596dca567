import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';
import type { BackendName } from '../../config/backends.ts';
import type { Starters } from '../backend/choose.ts';
import { registerGradients } from '../backend/gradients.ts';

/** Milliseconds before a test counts as hung. Far above what any takes: a loaded machine must not fail one. */
export const patience = 120_000;

/** Makes a backend tfjs's current one, starting it at the first call. */
export async function use(starters: Starters, name: BackendName): Promise<void> {
  await registerGradients();
  if (tf.engine().findBackend(name)) await tf.setBackend(name);
  else await starters[name]?.();
  if (tf.getBackend() !== name) throw new Error(`${name} does not run here`);
}

/** Runs the same tests on several backends. */
export function onEach(starters: Starters, names: readonly BackendName[], tests: (backend: BackendName) => void): void {
  describe.each(names)('on %s', { timeout: patience }, (name) => {
    beforeAll(() => use(starters, name), patience);
    tests(name);
  });
}
