import * as tf from '@tensorflow/tfjs-core';

/**
 * Registers the gradients of the stock tfjs ops, which tfjs-core leaves out of its main entry. Safe to call again.
 */
export async function registerGradients(): Promise<void> {
  // A second registration would warn once for each op.
  if (tf.getGradient('Conv2D')) return;
  if (typeof process === 'object' && process.versions?.node) {
    // The gradients' own file is ESM in a package that Node takes for CommonJS, so Node cannot load it: the umbrella
    // package's CommonJS bundle registers the same ones. Named by a variable so that no browser bundle contains it.
    const umbrella = '@tensorflow/tfjs';
    await import(/* @vite-ignore */ umbrella);
  } else {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  }
}
