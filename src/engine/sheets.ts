import * as tf from '@tensorflow/tfjs-core';
import { collectStatistics, disposeStatistics, type Network } from './nn/network.ts';

/** Images with D's opinion of each, as they are shown. */
export interface Images {
  readonly count: number;
  /** [count, size, size, channels], 0 to 255. */
  readonly pixels: Uint8Array;
  /** D's probability that each is real; empty where no network judges. */
  readonly opinions: Float32Array;
}

/**
 * Samples of G as it stands, normalised with its running statistics.
 *
 * @param z [count, latent]
 * @returns [count, size, size, channels] in [-1, 1]
 */
export function sampleRaw(g: Network, z: tf.Tensor): tf.Tensor {
  return g.forward(z, { training: false });
}

/**
 * Samples of G with averaged weights. Its running statistics belong to other weights, so the norms are first measured
 * anew on a batch of their own (as when weights are averaged in Izmailov et al. 2018, section 3.2).
 *
 * @param calibration [many, latent]: what the norms are measured on
 */
export function sampleAveraged(
  g: Network,
  weights: readonly tf.Tensor[],
  z: tf.Tensor,
  calibration: tf.Tensor,
): tf.Tensor {
  if (g.running.length === 0) return g.forward(z, { training: false }, weights);
  const { batch, onStatistics } = collectStatistics();
  tf.tidy(() => {
    g.forward(calibration, { training: true, onStatistics }, weights);
  });
  const images = g.forward(z, { training: false }, weights, batch);
  disposeStatistics(batch);
  return images;
}

/** Reads images and opinions back and rounds the images to bytes. Disposes both. */
export async function readImages(images: tf.Tensor, opinions?: tf.Tensor1D): Promise<Images> {
  const [floats, judged] = await Promise.all([images.data<'float32'>(), opinions?.data<'float32'>() ?? []]);
  const count = images.shape[0] as number;
  tf.dispose([images, opinions ?? []]);
  const pixels = new Uint8Array(floats.length);
  for (let i = 0; i < floats.length; i++) {
    pixels[i] = Math.min(255, Math.max(0, Math.round(((floats[i] as number) + 1) * 127.5)));
  }
  return { count, pixels, opinions: Float32Array.from(judged) };
}
