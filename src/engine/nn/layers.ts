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
import { upload } from '../upload.ts';
import { fourier } from './fourier.ts';
import { minibatchDiscrimination, minibatchStddev } from './minibatch.ts';
import type { Activation, LayerKind, ParameterSpec, PlannedLayer, SpecOf } from './spec.ts';
import { styledConv } from './styled.ts';
import { virtualNorm } from './virtualNorm.ts';

/** How a forward pass treats the layers that differ between training and use. */
export interface Mode {
  /** true: batch norm uses the batch's own statistics. false: the running ones. */
  readonly training: boolean;
  /** Dropout applies only where both are given; without, every unit is kept. */
  readonly dropout?: { readonly rate: number; readonly stream: Stream };
  /** Classes of the batch, [batch, classes], one of each row 1: for networks that are told of them. */
  readonly labels?: tf.Tensor2D;
  /** Noise of styled convolutions is drawn from it; without, it is at its mean. */
  readonly noise?: Stream;
  /** Without training: how far from their mean styles may be, 1 as far as they are. */
  readonly psi?: number;
  /**
   * Styled convolutions before this one take their style from the first half of the batch, the others from the second:
   * half as many images come out.
   */
  readonly crossover?: number;
  /** Told the batch's statistics of each norm in turn; whoever keeps them must `tf.keep` them. */
  readonly onStatistics?: (norm: number, mean: tf.Tensor1D, variance: tf.Tensor1D) => void;
  /** Told what D makes of the classes, [batch, classes] logits, beside the classes that were given. */
  readonly onClasses?: (logits: tf.Tensor2D, labels: tf.Tensor2D) => void;
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
  /** Of a styled convolution, [batch, style]. */
  readonly style?: tf.Tensor2D;
  /** Of a norm or a truncation: its place among them, and its running statistics. */
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

function required<T>(what: T | undefined, name: string): T {
  if (what === undefined) throw new Error(`a layer needs ${name}`);
  return what;
}

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
    const { index, running } = required(norm, 'its running statistics');
    if (mode.training) {
      const { y, mean, variance } = normAct(x, gamma, beta, spec.epsilon, slope);
      mode.onStatistics?.(index, mean, variance);
      return y;
    }
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(running.variance, spec.epsilon))) as tf.Tensor1D;
    const shift = tf.sub(beta, tf.mul(running.mean, scale)) as tf.Tensor1D;
    return affineAct(x, scale, shift, slope);
  },

  virtualNorm: ({ spec }, { x, parameters, reference }) => {
    const { gamma, beta } = parameters as { gamma: tf.Tensor; beta: tf.Tensor };
    return virtualNorm(x, reference, gamma, beta, spec.epsilon, slopes[spec.activation]);
  },

  minibatchStddev: ({ spec }, { x }) => minibatchStddev(x, spec.group),

  minibatchDiscrimination: (_, { x, parameters: { projection, bias } }) =>
    minibatchDiscrimination(x as tf.Tensor2D, projection as tf.Tensor2D, bias as tf.Tensor1D),
  unitSquare: (_, { x }) => tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-8))),

  truncation: (_, { x, mode, norm }) => {
    const { index, running } = required(norm, 'its running statistics');
    if (mode.training) {
      if (!mode.onStatistics) return x;
      const { mean, variance } = tf.moments(x, 0);
      mode.onStatistics(index, mean as tf.Tensor1D, variance as tf.Tensor1D);
      return x;
    }
    const { psi = 1 } = mode;
    return psi === 1 ? x : tf.add(running.mean, tf.mul(tf.sub(x, running.mean), psi));
  },

  constant: (_, { parameters: { constant }, style }) => {
    const [batch] = required(style, 'a style').shape;
    return tf.add(tf.expandDims(constant as tf.Tensor), tf.zeros([batch, 1, 1, 1]));
  },

  styledConv: ({ spec, output }, { x, parameters, mode: { noise }, style }) => {
    const named = parameters as Record<ParameterSpec['name'], tf.Tensor>;
    const { kernel, styleKernel, styleBias, strength, bias } = named as unknown as Omit<
      Parameters<typeof styledConv>[1],
      'x' | 'style' | 'noise'
    >;
    const inputs = { kernel, styleKernel, styleBias, strength, bias, noise };
    const side = [output[0] as number, output[1] as number] as const;
    const [input, own] = [x as tf.Tensor4D, required(style, 'a style')];
    return styledConv(spec, { ...inputs, x: input, style: own }, slopes[spec.activation], side);
  },

  classes: (_, { x, parameters: { embedding }, mode: { labels } }) => {
    const embedded = tf.matMul(required(labels, 'classes'), embedding as tf.Tensor2D);
    // Two latents for each image: both of its class.
    const each = Array.from({ length: (x.shape[0] as number) / (embedded.shape[0] as number) }, () => embedded);
    return tf.concat([x, tf.concat(each)], 1);
  },

  projection: (_, { x, parameters: { kernel, bias, embedding }, mode: { labels } }) => {
    const logit = denseAct(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D, 1);
    const embedded = tf.matMul(required(labels, 'classes'), embedding as tf.Tensor2D);
    return tf.add(logit, tf.sum(tf.mul(x, embedded), 1, true));
  },

  auxiliary: (_, { x, parameters, mode: { labels, onClasses } }) => {
    const head = (kernel?: tf.Tensor, bias?: tf.Tensor) =>
      denseAct(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D, 1);
    onClasses?.(head(parameters.classKernel, parameters.classBias), required(labels, 'classes'));
    return head(parameters.kernel, parameters.bias);
  },

  dropout: (_, { x, mode }) => {
    if (!mode.dropout || mode.dropout.rate === 0) return x;
    const { rate, stream } = mode.dropout;
    const mask = upload(x.shape, (values) => stream.dropoutMask(values.length, rate, values));
    return tf.mul(x, mask);
  },

  fourier: ({ spec }, { x }) => fourier(x as tf.Tensor2D, spec.frequencies),

  reshape: ({ spec }, { x }) => tf.reshape(x, [x.shape[0] as number, ...spec.shape]),

  flatten: ({ output }, { x }) => tf.reshape(x, [x.shape[0] as number, output[0] as number]),
};

export function forwardLayer(layer: PlannedLayer, inputs: LayerInputs): tf.Tensor {
  const forward = forwards[layer.spec.kind as LeafKind] as Forward<LayerKind>;
  return forward(layer as Parameters<Forward<LayerKind>>[0], inputs);
}
