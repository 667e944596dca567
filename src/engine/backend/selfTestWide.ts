import * as tf from '@tensorflow/tfjs-core';
import { noise } from '../noise.ts';
import {
  adamUpdate,
  affineAct,
  bceWithLogits,
  biasAct,
  biasTanh,
  blend,
  conv2dTranspose,
  convAct,
  convTransposeAct,
  denseAct,
  meanSigmoid,
  normAct,
  powerIteration,
} from '../ops/index.ts';

/**
 * The parameters: shape, scale, offset. Most channel counts divide by four, and products have more rows and columns than a
 * quarter of a tile (ops/webgpu/tiles.ts), as those have in which training spends its time. scripts/fixtures/self_test.py
 * has the same table and makes the same arrays.
 */
const parameters: readonly (readonly [shape: readonly number[], scale: number, offset?: number])[] = [
  [[20, 96], 0.4],
  [[96], 0.1],
  [[4, 4, 20, 24], 0.2],
  [[20], 0.1],
  [[3, 3, 20, 20], 0.15],
  [[20], 0.1, 1],
  [[20], 0.1],
  [[4, 4, 3, 20], 0.15],
  [[3], 0.1],
  [[4, 4, 3, 20], 0.3],
  [[20], 0.1],
  [[4, 4, 20, 24], 0.15],
  [[24], 0.1],
  [[96, 68], 0.2],
  [[68], 0.1],
  [[68, 1], 0.3],
  [[1], 0.1],
];

function filled(shape: readonly number[], seed: number, scale = 1, offset = 0): tf.Tensor {
  const values = noise(tf.util.sizeFromShape([...shape]), seed);
  return tf.tensor(
    Float32Array.from(values, (value) => offset + scale * value),
    [...shape],
    'float32',
  );
}

const made = (seed: number, scale: number, offset = 0) =>
  parameters.map(([shape], i) => filled(shape, seed + i, scale, offset));

/** A generator's and a discriminator's loss on 12 latents, [12, 20]. */
function lossOf(z: tf.Tensor2D, p: readonly tf.Tensor[]): tf.Scalar {
  const at = <T extends tf.Tensor>(i: number) => p[i] as T;
  const base = tf.reshape(denseAct(z, at(0), at(1), 0), [12, 2, 2, 24]) as tf.Tensor4D;
  const up = convTransposeAct(base, at(2), at(3), [4, 4], 2, 0.2);
  const { y } = normAct(conv2dTranspose(up, at(4), [4, 4], 1), at(5), at(6), 1e-5, 0);
  const image = biasTanh(conv2dTranspose(y, at(7), [8, 8], 2), at(8));
  const down = convAct(convAct(image, at(9), at(10), 2, 0.2), at(11), at(12), 2, 0.2);
  const flat = denseAct(tf.reshape(down, [12, 96]), at(13), at(14), 0.2);
  return bceWithLogits(denseAct(flat, at(15), at(16), 1), 0.9);
}

/**
 * The second part of the self-test: every fused op, on the shapes that make a backend take its fast paths.
 *
 * @returns the values of each kind: the loss; each parameter's gradient; their norm; after Adam the parameters, both moments
 *   and the averages; and what the ops give that no gradient goes through
 */
export async function wideOutputs(): Promise<readonly (readonly ArrayLike<number>[])[]> {
  const outputs = tf.tidy((): tf.Tensor[][] => {
    const z = filled([12, 20], 1) as tf.Tensor2D;
    // Scaled here, not by the backend: WebGL would compile a shader for each shape.
    const params = parameters.map(([shape, scale, offset], i) => filled(shape, 100 + i, scale, offset));
    const { value, grads } = tf.valueAndGrads((...p: tf.Tensor[]) => lossOf(z, p))(params);
    const [m, v, average] = [made(200, 0.01), made(300, 5e-6, 5e-6), made(400, 0.3)];
    const states = params.map((param, i) => {
      const [grad, first, second, mean] = [grads, m, v, average].map((kind) => kind[i]) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      return { param, grad, m: first, v: second, average: mean };
    });
    // Its epsilon is large, so that no rounding error of a small gradient becomes a whole step.
    const settings = { alpha: 0.1, beta1: 0.5, beta2: 0.99, epsilon: 1e-3 };
    const { gradientNorm, next } = adamUpdate(states, settings, { first: 0.75, second: 0.0199 }, 0.7);

    const at = <T extends tf.Tensor>(i: number) => params[i] as T;
    const x = biasAct(filled([12, 4, 4, 20], 2) as tf.Tensor4D, at(3), 0.2);
    const pair = powerIteration(at(13), filled([96], 3) as tf.Tensor1D, 2);
    return [
      [value],
      ...grads.map((grad) => [grad]),
      [gradientNorm],
      ...(['param', 'm', 'v', 'average'] as const).map((kind) => next.map((state) => state[kind] as tf.Tensor)),
      [affineAct(x, at(5), at(6), 0.2)],
      [meanSigmoid(z)],
      [blend(at(5), at(6), 0.7)],
      [pair.u],
      [pair.v],
    ];
  });
  const values = await Promise.all(outputs.map((kind) => Promise.all(kind.map((tensor) => tensor.data()))));
  tf.dispose(outputs);
  return values;
}
