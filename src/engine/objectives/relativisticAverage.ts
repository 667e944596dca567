import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { type LossOps, type Objective, realsOf } from './objective.ts';

/** Each real is compared with the mean fake and each fake with the mean real; the first shall be above, the second below. */
const above = (ops: LossOps, high: Tensor, low: Tensor) =>
  ops.add<Scalar>(
    ops.bceWithLogits(ops.sub(high, ops.mean(low)), 1),
    ops.bceWithLogits(ops.sub(low, ops.mean(high)), 0),
  );

/** As relativistic pairing, but with the mean of the other side in the place of a partner. */
export const relativisticAverage: Objective = {
  id: 'relativisticAverage',
  texD: String.raw`-\mathbb{E}_x \log \sigma(C(x) - \bar C_z) - \mathbb{E}_z \log(1 - \sigma(C(G(z)) - \bar C_x))`,
  texG: String.raw`-\mathbb{E}_z \log \sigma(C(G(z)) - \bar C_x) - \mathbb{E}_x \log(1 - \sigma(C(x) - \bar C_z))`,
  citation: {
    text: 'Jolicoeur-Martineau 2018, The relativistic discriminator (RaSGAN)',
    url: 'https://arxiv.org/abs/1807.00734',
  },
  lossD: (ops, { real, fake }) => above(ops, real, fake),
  lossG: (ops, terms) => above(ops, terms.fake, realsOf(terms)),
  pairs: true,
  atEquilibrium: { score: 0, d: 2 * Math.LN2, g: 2 * Math.LN2 },
  probability: false,
};
