import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Network } from '../nn/network.ts';
import type { Kit, Regulariser } from './regulariser.ts';

/** Power iterations before a vector is first used, as PyTorch's parametrisation does: a random one says too little. */
export const warmUp = 15;

/**
 * W / sigma(W), sigma being u^T W v after some power iterations from `u`. u and v are constants to the gradient, as in
 * algorithm 1 of the paper.
 *
 * @param weight [..., out], seen as a matrix with a row for each output (appendix B.1: D is a product of such matrices)
 * @param u [out], or undefined for a first one of `fresh`
 * @returns the weight, and u for the next time, off the tape
 */
export function normalised(
  { tf, ops }: Kit,
  weight: Tensor,
  u: Tensor1D,
  iterations: number,
): { readonly weight: Tensor; readonly u: Tensor1D } {
  const matrix = tf.reshape(weight, [-1, weight.shape.at(-1) as number]) as Tensor2D;
  const constant = tf.transpose(ops.offTape(matrix)) as Tensor2D;
  const found = ops.powerIteration(constant, u, iterations);
  const sigma = ops.spectralNorm(matrix, found.v, found.u);
  // A kernel of zeros (fix-up initialisation) has no direction: it stays as it is, and u is kept for when it has moved.
  const isThere = tf.greater(ops.offTape(sigma), 0);
  return {
    weight: tf.div(weight, tf.where(isThere, sigma, tf.onesLike(sigma))),
    u: tf.where(isThere, found.u, u),
  };
}

/** Where in `variables` the arrays stand that are normalised: the kernels, not the biases nor a norm's scale. */
function kernelsOf({ layers }: Network): number[] {
  const names = layers.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  return names.flatMap((name, index) => (name === 'kernel' ? [index] : []));
}

/** Bounds how steep D can be: each layer stretches no direction by more than 1. It costs no second pass. */
export const spectralNorm: Regulariser = {
  id: 'spectralNorm',
  setting: 'reg.spectral',
  tex: String.raw`W \leftarrow \frac{W}{\sigma(W)},\quad \sigma(W) \approx u^\top W v`,
  citation: {
    text: 'Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks, algorithm 1',
    url: 'https://arxiv.org/abs/1802.05957',
  },
  isOn: (experiment) => experiment['reg.spectral'] > 0,

  start: (kit, { d }) => {
    const kernels = kernelsOf(d);
    let known: Tensor1D[] | undefined;
    return {
      weightsOfD: (weights, { experiment, learning, streams }) => {
        const iterations = experiment['reg.spectral'];
        const changed = [...weights];
        const vectors = kernels.map((at, i) => {
          const weight = weights[at] as Tensor;
          const width = weight.shape.at(-1) as number;
          const from = known?.[i] ?? first(kit, weight, streams.spectral.normals(width));
          const made = normalised(kit, weight, from, iterations);
          changed[at] = made.weight;
          // Who only looks must not bring it forward.
          return kit.tf.keep(learning ? made.u : kit.tf.clone(from));
        });
        kit.tf.dispose(known ?? []);
        known = vectors;
        return changed;
      },
      dispose: () => kit.tf.dispose(known ?? []),
    };
  },
};

function first(kit: Kit, weight: Tensor, values: Float32Array): Tensor1D {
  return normalised(kit, weight, kit.tf.tensor1d(values), warmUp).u;
}
