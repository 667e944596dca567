import * as tf from '@tensorflow/tfjs-core';
import {
  affineAct,
  biasTanh,
  conv2d,
  conv2dTranspose,
  convAct,
  convTransposeAct,
  denseAct,
  leaky,
  normAct,
} from '../ops/index.ts';
import type { Stream } from '../streams.ts';
import { minibatchDiscrimination, minibatchStddev } from './minibatch.ts';
import type { Activation, LayerKind, ParameterSpec, PlannedLayer, SpecOf } from './spec.ts';
import { virtualNorm } from './virtualNorm.ts';

/** How a forward pass treats the layers that differ between training and use. */
export interface Mode {
  /** true: batch norm uses the batch's own statistics. false: the running ones. */
  readonly training: boolean;
  /** Dropout applies only where both are given; without, every unit is kept. */
  readonly dropout?: { readonly rate: number; readonly stream: Stream };
  /** Classes of the batch, [batch, classes], one of each row 1: for networks that are told of them. */
  readonly labels?: tf.Tensor2D;
  /** Told the batch's statistics of each norm in turn; whoever keeps them must `tf.keep` them. */
  readonly onStatistics?: (norm: number, mean: tf.Tensor1D, variance: tf.Tensor1D) => void;
  /** Told what the last layer that has weights sees. */
  readonly onFeatures?: (features: tf.Tensor) => void;
}

/** Running statistics of one norm, each [channels]. */
export interface Statistics {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** What one layer computes with. */
export interface LayerInputs {
  readonly x: tf.Tensor;
  readonly parameters: Readonly<Partial<Record<ParameterSpec['name'], tf.Tensor>>>;
  readonly mode: Mode;
  /** Images of a reference batch, which come first. */
  readonly reference: number;
  /** Of a norm: its place among the norms, and its running statistics. */
  readonly norm?: { readonly index: number; readonly running: Statistics };
}

const slopes = { linear: 1, relu: 0, leaky: 0.2, 'leaky0.1': 0.1 } as const;

/** What follows a sum that no fused op ends: one without a bias, or one that a tanh bends. */
function bendAfter(x: tf.Tensor, bias: tf.Tensor | undefined, activation: Activation): tf.Tensor {
  if (activation === 'tanh') return bias ? biasTanh(x, bias as tf.Tensor1D) : tf.tanh(x);
  const slope = slopes[activation];
  return slope === 1 ? x : leaky(x, slope);
}

type Forward<K extends LayerKind> = (layer: PlannedLayer & { spec: SpecOf<K> }, inputs: LayerInputs) => tf.Tensor;

/** Layers that compute by themselves; a residual layer is computed by the network, from those inside it. */
type LeafKind = Exclude<LayerKind, 'residual'>;

/** [1, 2, 1] across and down, with the sum given, [3, 3, 1, 1]. */
function blur(sum: number): tf.Tensor4D {
  return tf.tensor4d(
    [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => (weight * sum) / 16),
    [3, 3, 1, 1],
  );
}

/** What each kind of layer computes; `spec.ts` says what shape comes out. */
const forwards: { readonly [K in LeafKind]: Forward<K> } = {
  dense: ({ spec: { activation } }, { x, parameters: { kernel, bias } }) => {
    const [input, matrix] = [x as tf.Tensor2D, kernel as tf.Tensor2D];
    if (bias && activation !== 'tanh') return denseAct(input, matrix, bias as tf.Tensor1D, slopes[activation]);
    return bendAfter(tf.matMul(input, matrix), bias, activation);
  },

  conv: ({ spec: { activation, stride } }, { x, parameters: { kernel, bias } }) => {
    const [input, filter] = [x as tf.Tensor4D, kernel as tf.Tensor4D];
    if (bias && activation !== 'tanh') return convAct(input, filter, bias as tf.Tensor1D, stride, slopes[activation]);
    return bendAfter(conv2d(input, filter, stride), bias, activation);
  },

  convTranspose: ({ spec: { activation, stride }, output }, { x, parameters: { kernel, bias } }) => {
    const [input, filter] = [x as tf.Tensor4D, kernel as tf.Tensor4D];
    const side = [output[0] as number, output[1] as number] as const;
    if (bias && activation !== 'tanh') {
      return convTransposeAct(input, filter, bias as tf.Tensor1D, side, stride, slopes[activation]);
    }
    return bendAfter(conv2dTranspose(input, filter, side, stride), bias, activation);
  },

  resample: ({ spec: { way }, output }, { x, parameters: { kernel } }) => {
    const input = x as tf.Tensor4D;
    if (way === 'down') return conv2d(input, tf.mul<tf.Tensor4D>(kernel as tf.Tensor, blur(1)), 2);
    // A pixel of the output hears a quarter of the nine weights.
    const filter = tf.mul<tf.Tensor4D>(kernel as tf.Tensor, blur(4));
    return conv2dTranspose(input, filter, [output[0] as number, output[1] as number], 2);
  },

  norm: ({ spec }, { x, parameters, mode, norm }) => {
    const gamma = parameters.gamma as tf.Tensor1D;
    const beta = parameters.beta as tf.Tensor1D;
    const slope = slopes[spec.activation];
    if (!norm) throw new Error('a norm needs its running statistics');
    if (mode.training) {
      const { y, mean, variance } = normAct(x, gamma, beta, spec.epsilon, slope);
      mode.onStatistics?.(norm.index, mean, variance);
      return y;
    }
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(norm.running.variance, spec.epsilon))) as tf.Tensor1D;
    const shift = tf.sub(beta, tf.mul(norm.running.mean, scale)) as tf.Tensor1D;
    return affineAct(x, scale, shift, slope);
  },

  virtualNorm: ({ spec }, { x, parameters, reference }) => {
    const { gamma, beta } = parameters as { gamma: tf.Tensor; beta: tf.Tensor };
    return virtualNorm(x, reference, gamma, beta, spec.epsilon, slopes[spec.activation]);
  },

  minibatchStddev: ({ spec }, { x }) => minibatchStddev(x, spec.group),

  minibatchDiscrimination: (_, { x, parameters: { projection, bias } }) =>
    minibatchDiscrimination(x as tf.Tensor2D, projection as tf.Tensor2D, bias as tf.Tensor1D),

  dropout: (_, { x, mode }) => {
    if (!mode.dropout || mode.dropout.rate === 0) return x;
    const mask = tf.tensor(mode.dropout.stream.dropoutMask(x.size, mode.dropout.rate), x.shape, 'float32');
    return tf.mul(x, mask);
  },

  reshape: ({ spec }, { x }) => tf.reshape(x, [x.shape[0] as number, ...spec.shape]),

  flatten: ({ output }, { x }) => tf.reshape(x, [x.shape[0] as number, output[0] as number]),
};

export function forwardLayer(layer: PlannedLayer, inputs: LayerInputs): tf.Tensor {
  const forward = forwards[layer.spec.kind as LeafKind] as Forward<LayerKind>;
  return forward(layer as Parameters<Forward<LayerKind>>[0], inputs);
}
