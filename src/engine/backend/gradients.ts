import * as tf from '@tensorflow/tfjs-core';

/**
 * Registers the gradients of the stock tfjs ops, which tfjs-core leaves out of its main entry, and mends those that
 * cannot be differentiated a second time. Safe to call again.
 */
export async function registerGradients(): Promise<void> {
  // A second registration would warn once for each op.
  if (!tf.getGradient('Conv2D')) await importStock();
  for (const mend of mends) tf.registerGradient(mend);
}

async function importStock(): Promise<void> {
  if (typeof process === 'object' && process.versions?.node) {
    // The gradients' own file is ESM in a package that Node takes for CommonJS, so Node cannot load it: the umbrella
    // package's CommonJS bundle registers the same ones. Named by a variable so that no browser bundle contains it.
    const umbrella = '@tensorflow/tfjs';
    await import(/* @vite-ignore */ umbrella);
  } else {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  }
}

/**
 * tfjs keeps the output of these for their gradient, cut off from the tape, so that the gradient of that gradient lacks
 * a term and says nothing of it (tfjs #3252). Here it is computed again from the input.
 */
function fromInput(kernelName: string, slope: (x: tf.Tensor) => tf.Tensor): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => tf.mul(dy as tf.Tensor, slope(saved[0] as tf.Tensor)) }),
  };
}

/** A comparison is constant almost everywhere. tfjs gives it no gradient, and so leakyRelu and maximum no second one. */
function flat(kernelName: string): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (_, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      return { a: () => tf.zerosLike(a), b: () => tf.zerosLike(b) };
    },
  };
}

/** What a convolution's gradient for its filter is made of. It is linear in both, as the convolution is. */
const filterGradient: tf.GradConfig = {
  kernelName: 'Conv2DBackpropFilter',
  inputsToSave: ['x', 'dy'],
  gradFunc: (given, saved, attrs) => {
    const [x, dy] = saved as [tf.Tensor4D, tf.Tensor4D];
    const filter = given as tf.Tensor4D;
    const { strides, pad } = attrs as unknown as { strides: number | [number, number]; pad: 'same' | 'valid' | number };
    return {
      x: () => tf.conv2dTranspose(dy, filter, x.shape, strides, pad),
      dy: () => tf.conv2d(x, filter, strides, pad),
    };
  },
};

const mends: readonly tf.GradConfig[] = [
  ...['Greater', 'GreaterEqual', 'Less', 'LessEqual'].map(flat),
  fromInput('Tanh', (x) => tf.sub(1, tf.square(tf.tanh(x)))),
  fromInput('Sigmoid', (x) => {
    const y = tf.sigmoid(x);
    return tf.mul(y, tf.sub(1, y));
  }),
  fromInput('Exp', tf.exp),
  filterGradient,
];
