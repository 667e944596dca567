import type { LossOps, Objective } from './objective.ts';

const crossEntropy: Objective['lossD'] = (ops: LossOps, { real, fake, realLabel }) =>
  ops.add(ops.bceWithLogits(real, realLabel), ops.bceWithLogits(fake, 0));

/** Cross-entropy of D, shared with the non-saturating game. */
export const classic = {
  texD: String.raw`-\mathbb{E}_x \log D(x) - \mathbb{E}_z \log(1 - D(G(z)))`,
  lossD: crossEntropy,
  probability: true,
} as const;

/** The zero-sum game: G minimises the very value that D maximises. Its gradient fades as D wins. */
export const minimax: Objective = {
  ...classic,
  id: 'minimax',
  texG: String.raw`\mathbb{E}_z \log(1 - D(G(z)))`,
  citation: {
    text: 'Goodfellow et al. 2014, Generative Adversarial Networks, equation 1',
    url: 'https://arxiv.org/abs/1406.2661',
  },
  lossG: (ops, { fake }) => ops.neg(ops.bceWithLogits(fake, 0)),
  atEquilibrium: { score: 0, d: 2 * Math.LN2, g: -Math.LN2 },
};
