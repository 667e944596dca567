import * as tf from '@tensorflow/tfjs-core';
import { biasAct, conv2d, conv2dTranspose, scaleChannels } from '../ops/index.ts';
import type { Stream } from '../streams.ts';
import { upload } from '../upload.ts';
import type { SpecOf } from './spec.ts';

/** What a styled convolution computes with. Shapes as `spec.ts` plans them. */
export interface StyledInputs {
  readonly x: tf.Tensor4D;
  /** [batch, style] */
  readonly style: tf.Tensor2D;
  readonly kernel: tf.Tensor4D;
  readonly styleKernel: tf.Tensor2D;
  readonly styleBias: tf.Tensor1D;
  readonly strength: tf.Tensor | undefined;
  readonly bias: tf.Tensor1D;
  /** Without, the noise is at its mean, zero. */
  readonly noise: Stream | undefined;
}

const epsilon = 1e-8;

/**
 * Modulated and demodulated convolution without a kernel for each image: scaling the input's channels by the style s, and
 * the output's by rsqrt(sum of (w s)^2), is the same. Then noise, bias and activation.
 */
export function styledConv(
  { up, demodulate, activation }: SpecOf<'styledConv'>,
  { x, style, kernel, styleKernel, styleBias, strength, bias, noise }: StyledInputs,
  slope: number,
  [height, width]: readonly [number, number],
): tf.Tensor4D {
  const s = tf.add<tf.Tensor2D>(tf.matMul(style, styleKernel), styleBias);
  const scaled = scaleChannels(x, s);
  let y = up ? conv2dTranspose(scaled, doubled(kernel), [height, width], 2) : conv2d(scaled, kernel, 1);
  if (demodulate) {
    // [in, out], or [out, in] of a kernel that is used backwards.
    const squares = tf.sum<tf.Tensor2D>(tf.square(kernel), [0, 1]);
    const energy = tf.matMul(tf.square(s), squares, false, up);
    y = scaleChannels(y, tf.rsqrt(tf.add(energy, epsilon)) as tf.Tensor2D);
  }
  if (strength && noise) {
    const shape = [y.shape[0], height, width, 1];
    const drawn = upload(shape, (values) => noise.normals(values.length, 1, 0, values));
    y = tf.add(y, tf.mul(drawn, strength));
  }
  return biasAct(y, bias, activation === 'linear' ? 1 : slope);
}

/**
 * The 4 x 4 kernel that, as a transposed convolution of stride 2, repeats each pixel to 2 x 2 and convolves with the
 * 3 x 3 one: each weight is written where the four repeats would hear it.
 *
 * @param kernel [3, 3, out, in], turned by half a turn
 */
function doubled(kernel: tf.Tensor4D): tf.Tensor4D {
  const along = (from: tf.Tensor4D, axis: 0 | 1) => {
    const pad = (before: number): [number, number][] =>
      [0, 1, 2, 3].map((other) => (other === axis ? [before, 1 - before] : [0, 0]));
    return tf.add<tf.Tensor4D>(tf.pad(from, pad(0)), tf.pad(from, pad(1)));
  };
  return along(along(kernel, 0), 1);
}
