/** What the tests of these kernels share. */
import * as tf from '@tensorflow/tfjs-core';
import { startWebgl } from '../../backend/webgl.ts';
import type { Program, TfjsWebGlBackend } from './program.ts';

interface Inside extends TfjsWebGlBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  getTextureManager(): {
    acquireTexture(shape: [number, number], usage: number, packed: boolean): { texture: WebGLTexture };
  };
}

/**
 * Starts the cpu backend, which is the oracle, and WebGL, where each packed texture that a tensor gets is filled with NaN:
 * new ones would hold zeros and pooled ones often the right result of the last run, so that nothing missing would show.
 */
export async function startPoisoned(): Promise<TfjsWebGlBackend> {
  await import('@tensorflow/tfjs-backend-cpu');
  await startWebgl();
  const backend = tf.backend() as Inside;
  const { gl } = backend.gpgpu;
  const manager = backend.getTextureManager();
  const acquire = manager.acquireTexture.bind(manager);
  manager.acquireTexture = (shape, usage, packed) => {
    const acquired = acquire(shape, usage, packed);
    if (packed) {
      const [width, height] = [Math.ceil(shape[1] / 2), Math.ceil(shape[0] / 2)];
      const nothing = new Float32Array(width * height * 4).fill(Number.NaN);
      gl.bindTexture(gl.TEXTURE_2D, acquired.texture);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.FLOAT, nothing);
      gl.bindTexture(gl.TEXTURE_2D, null);
    }
    return acquired;
  };
  return backend;
}

/** Runs `f` on kernels that are broken on purpose: `find` is replaced in each shader of ours that has it. */
export async function broken<T>(
  backend: TfjsWebGlBackend,
  find: string,
  replacement: string,
  f: () => Promise<T>,
): Promise<{ readonly result: T; readonly edits: number }> {
  const { compileAndRun } = backend;
  let edits = 0;
  backend.compileAndRun = (program: Program, ...rest) => {
    const has = program.userCode.includes(find);
    if (has) edits++;
    const userCode = program.userCode.replaceAll(find, replacement);
    return compileAndRun.call(backend, has ? { ...program, userCode } : program, ...rest);
  };
  try {
    return { result: await f(), edits };
  } finally {
    backend.compileAndRun = compileAndRun;
  }
}
