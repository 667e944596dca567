import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../config/errors.ts';

interface WebGpuInside {
  readonly device?: GPUDevice;
}

interface WebGlInside {
  readonly gpgpu?: { readonly gl: WebGL2RenderingContext };
}

/**
 * Calls back when the current backend's device goes away or runs out of memory, which tfjs itself does not notice
 * (for WebGL tfjs #756). Nothing computed after that can be trusted: a new worker must start.
 */
export function watchDevice(onLoss: (error: DuelError) => void): void {
  const backend = tf.getBackend();
  if (backend === 'webgpu') {
    const { device } = tf.backend() as unknown as WebGpuInside;
    if (!device) return;
    device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') onLoss(new DuelError('device-lost', { backend, message }));
    });
    device.onuncapturederror = ({ error }) => {
      const memory = error instanceof GPUOutOfMemoryError;
      // Without this a rejected command is a silent no-op that looks like fast training.
      onLoss(new DuelError(memory ? 'out-of-memory' : 'internal', { backend, message: error.message.slice(0, 500) }));
    };
  }
  if (backend === 'webgl') {
    const { gpgpu } = tf.backend() as unknown as WebGlInside;
    gpgpu?.gl.canvas.addEventListener('webglcontextlost', () =>
      onLoss(new DuelError('device-lost', { backend, message: '' })),
    );
  }
}
