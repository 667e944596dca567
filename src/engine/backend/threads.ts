import * as tf from '@tensorflow/tfjs-core';

/** Of a backend that has threads of ours; wasm.ts gives it to tfjs'. */
export interface Threaded {
  renewThreads?: () => Promise<void>;
}

/**
 * Starts the current backend's helper threads anew if some have been lost since they started: before a run, not within one.
 * Resolves at once where none have. Those that cannot be started are not tried again.
 */
export async function renewThreads(): Promise<void> {
  const name = tf.getBackend();
  if (name) await (tf.findBackend(name) as Threaded | null)?.renewThreads?.();
}
