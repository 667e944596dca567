import * as tf from '@tensorflow/tfjs-core';
import { registerKernels } from '../ops/webgl/register.ts';
import { registerGradients } from './gradients.ts';

/** Starts tfjs' WebGL backend with our kernels, where it packs its textures as they expect. */
export async function startWebgl(): Promise<void> {
  await registerGradients();
  await import('@tensorflow/tfjs-backend-webgl');
  if (!(await tf.setBackend('webgl'))) throw new Error('tfjs could not start webgl');
  await tf.ready();
  if (tf.env().getBool('WEBGL_PACK')) registerKernels();
}
