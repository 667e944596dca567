import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../config/errors.ts';

interface WebGpuInside {
  readonly device?: GPUDevice;
}

interface WebGlInside {
  readonly gpgpu?: { readonly gl: WebGL2RenderingContext };
}

const lost = (backend: string, message: string) => new DuelError('device-lost', { backend, message });

/**
 * Calls back when the current backend's device goes away, runs out of memory or refuses a command, which tfjs itself does
 * not notice (for WebGL tfjs #756). Nothing computed after that can be trusted: a new worker must start.
 */
export function watchDevice(onLoss: (error: DuelError) => void): void {
  const backend = tf.getBackend();
  if (backend === 'webgpu') {
    const { device } = tf.backend() as unknown as WebGpuInside;
    if (!device) return;
    // Nothing of ours destroys a device, so that the reason 'destroyed' is no excuse.
    device.lost.then(({ message }) => onLoss(lost(backend, message)));
    device.onuncapturederror = ({ error }) => {
      const memory = error instanceof GPUOutOfMemoryError;
      // Without this a rejected command is a silent no-op that looks like fast training.
      const message = error.message.slice(0, 500);
      onLoss(new DuelError(memory ? 'out-of-memory' : 'device-refused', { backend, message }));
    };
  }
  if (backend === 'webgl') {
    const { gpgpu } = tf.backend() as unknown as WebGlInside;
    gpgpu?.gl.canvas.addEventListener('webglcontextlost', () => onLoss(lost(backend, '')));
  }
}

/** Milliseconds in which a loss is told of after the first read that it broke off. */
const patience = 1000;

/**
 * The loss of the device, if that is what made a read fail: a browser may break off the reads before it tells of the loss.
 *
 * @returns a `device-lost`, or what was thrown
 */
export async function nameLoss(thrown: unknown): Promise<unknown> {
  const backend = tf.getBackend();
  if (backend !== 'webgpu' || !(thrown instanceof DOMException)) return thrown;
  const { device } = tf.backend() as unknown as WebGpuInside;
  const told = device?.lost.then(({ message }) => lost(backend, message));
  const late = new Promise<unknown>((resolve) => setTimeout(() => resolve(thrown), patience));
  return Promise.race([told ?? thrown, late]);
}
