import { classic } from './minimax.ts';
import type { Objective } from './objective.ts';

/** D as in the minimax game; G raises log D(G(z)) instead, whose gradient is strongest where D wins. */
export const nonSaturating: Objective = {
  ...classic,
  id: 'nonSaturating',
  texG: String.raw`-\mathbb{E}_z \log D(G(z))`,
  citation: {
    text: 'Goodfellow et al. 2014, Generative Adversarial Networks, section 3',
    url: 'https://arxiv.org/abs/1406.2661',
  },
  lossG: (ops, { fake }) => ops.bceWithLogits(fake, 1),
  atEquilibrium: { score: 0, d: 2 * Math.LN2, g: Math.LN2 },
};
