import * as tf from '@tensorflow/tfjs-core';
import type { Mode, Statistics } from './nn/layers.ts';
import { collectStatistics, disposeStatistics, type Network } from './nn/network.ts';
import type { LatentBatch } from './step.ts';

/** Images with D's opinion of each, as they are shown. */
export interface Images {
  readonly count: number;
  /** [count, size, size, channels], 0 to 255. */
  readonly pixels: Uint8Array;
  /** D's probability that each is real; empty where no network judges. */
  readonly opinions: Float32Array;
}

export interface RealImages extends Images {
  readonly labels: Uint8Array;
  /** Every second image is what a VAE makes of the one before it. */
  readonly paired?: boolean;
}

/**
 * Samples of G as it stands, normalised with its running statistics.
 *
 * @param psi of the truncation, where G has styles
 * @returns [count, size, size, channels] in [-1, 1]
 */
export function sampleRaw(g: Network, latent: LatentBatch, psi = 1): tf.Tensor {
  return g.forward(latent.z, sampling(latent, psi));
}

/**
 * Samples of G with averaged weights. Its running statistics belong to other weights, so the norms are first measured
 * anew on a batch of their own (as when weights are averaged in Izmailov et al. 2018, section 3.2).
 *
 * @param calibration many latents: what the norms, and the mean of the styles, are measured on
 */
export function sampleAveraged(
  g: Network,
  weights: readonly tf.Tensor[],
  latent: LatentBatch,
  calibration: LatentBatch,
  psi = 1,
): tf.Tensor {
  const measured = measure(g, weights, calibration);
  const images = g.forward(latent.z, sampling(latent, psi), weights, measured);
  disposeStatistics(measured);
  return images;
}

/** The norms, and the mean of the styles, of these weights: to be disposed. */
export function measure(g: Network, weights: readonly tf.Tensor[], calibration: LatentBatch): readonly Statistics[] {
  if (g.running.length === 0) return [];
  const { batch, onStatistics } = collectStatistics();
  tf.tidy(() => {
    g.forward(calibration.z, { ...sampling(calibration, 1), training: true, onStatistics }, weights);
  });
  return batch;
}

/** Without noise: the same latents make the same image. */
export function sampling({ labels, crossover }: LatentBatch, psi: number): Mode {
  return { training: false, psi, ...(labels && { labels }), ...(crossover !== undefined && { crossover }) };
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
