import * as tf from '@tensorflow/tfjs';
import { modelOf } from '../../src/engine/models/index.ts';
import type { Activation, LayerSpec, NetworkSpec } from '../../src/engine/nn/spec.ts';
import type { Work } from '../engine/works.ts';
import type { Stepper } from './timing.ts';

type Layer = tf.layers.Layer;

const kernelInitializer = () => tf.initializers.randomNormal({ stddev: 0.02 });

function bend(activation: Activation): Layer[] {
  if (activation === 'leaky') return [tf.layers.leakyReLU({ alpha: 0.2 })];
  if (activation === 'relu') return [tf.layers.reLU()];
  return activation === 'tanh' ? [tf.layers.activation({ activation: 'tanh' })] : [];
}

/** The layers that Keras has for one of ours. */
function layersOf(spec: LayerSpec): Layer[] {
  switch (spec.kind) {
    case 'dense': {
      const { units, bias: useBias, activation } = spec;
      const kernel = kernelInitializer();
      return [tf.layers.dense({ units, useBias, kernelInitializer: kernel }), ...bend(activation)];
    }
    case 'conv':
    case 'convTranspose': {
      const { filters, kernel: kernelSize, stride: strides, bias: useBias, activation } = spec;
      const make = spec.kind === 'conv' ? tf.layers.conv2d : tf.layers.conv2dTranspose;
      const kernel = kernelInitializer();
      const options = { filters, kernelSize, strides, padding: 'same', useBias, kernelInitializer: kernel } as const;
      return [make(options), ...bend(activation)];
    }
    case 'norm':
      return [
        tf.layers.batchNormalization({ momentum: spec.momentum, epsilon: spec.epsilon }),
        ...bend(spec.activation),
      ];
    case 'reshape':
      return [tf.layers.reshape({ targetShape: [...spec.shape] })];
    case 'flatten':
      return [tf.layers.flatten()];
    case 'dropout':
      return [];
    default:
      throw new Error(`${spec.kind} is none of Keras's layers`);
  }
}

function sequential({ input, layers }: NetworkSpec): tf.Sequential {
  const net = tf.sequential();
  net.add(tf.layers.inputLayer({ inputShape: [...input] }));
  for (const layer of layers.flatMap(layersOf)) net.add(layer);
  return net;
}

/** The variables behind a model's trainable weights: tfjs keeps them from its types. */
function variablesOf(net: tf.Sequential): tf.Variable[] {
  return net.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
}

/** The step of a GAN as tfjs's examples write it. Epsilon is explicit: its default differs by backend (tfjs #6980). */
export function layersStepper({ experiment, channels }: Work): Stepper {
  const model = modelOf(experiment);
  const g = sequential(model.generator(experiment, channels));
  const d = sequential(model.discriminator(experiment, channels));
  const [variablesG, variablesD] = [variablesOf(g), variablesOf(d)];
  const adam = (side: 'g' | 'd') =>
    tf.train.adam(experiment[`${side}.lr`], experiment[`${side}.beta1`], experiment[`${side}.beta2`], 1e-8);
  const [optimiserG, optimiserD] = [adam('g'), adam('d')];
  const batch = experiment['train.batch'];
  const size = experiment['data.size'];
  const real = tf.randomUniform([batch, size, size, channels], -1, 1);
  const latents = () => tf.randomNormal([batch, experiment['model.latent']]);
  const make = (z: tf.Tensor) => g.apply(z, { training: true }) as tf.Tensor;
  const judge = (x: tf.Tensor) => d.apply(x, { training: true }) as tf.Tensor;
  const loss = (logits: tf.Tensor, target: 0 | 1) =>
    tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, target), logits) as tf.Scalar;
  let pending: tf.Tensor[] = [];

  const move = (optimiser: tf.Optimizer, variables: tf.Variable[], f: () => tf.Scalar) => {
    const { value, grads } = tf.variableGrads(f, variables);
    optimiser.applyGradients(grads);
    return value;
  };

  return {
    step: () => {
      const losses = tf.tidy(() => {
        const fake = make(latents());
        const lossD = move(optimiserD, variablesD, () => tf.add(loss(judge(real), 1), loss(judge(fake), 0)));
        const z = latents();
        return tf.stack([lossD, move(optimiserG, variablesG, () => loss(judge(make(z)), 1))]);
      });
      pending.push(losses);
    },
    read: async () => {
      const values = tf.concat(pending);
      tf.dispose(pending);
      pending = [];
      const read = await values.data();
      values.dispose();
      if (!read.every(Number.isFinite)) throw new Error('a loss is not finite');
    },
    dispose: () => {
      for (const part of [g, d, optimiserG, optimiserD]) part.dispose();
      tf.dispose([real, ...pending]);
    },
  };
}
