import type { Objective } from './objective.ts';

/** Scores are pulled to 1 for reals and 0 for fakes, so that a fake far on the right side is still pulled to the reals. */
export const leastSquares: Objective = {
  id: 'leastSquares',
  texD: String.raw`\tfrac12\,\mathbb{E}_x (C(x) - 1)^2 + \tfrac12\,\mathbb{E}_z\, C(G(z))^2`,
  texG: String.raw`\tfrac12\,\mathbb{E}_z (C(G(z)) - 1)^2`,
  citation: {
    text: 'Mao et al. 2016, Least Squares Generative Adversarial Networks, with targets 0 and 1',
    url: 'https://arxiv.org/abs/1611.04076',
  },
  lossD: (ops, { real, fake }) =>
    ops.mul(ops.add(ops.mean(ops.square(ops.sub(real, 1))), ops.mean(ops.square(fake))), 0.5),
  lossG: (ops, { fake }) => ops.mul(ops.mean(ops.square(ops.sub(fake, 1))), 0.5),
  // Optimal D is p / (p + q), one half everywhere once G is right.
  atEquilibrium: { score: 0.5, d: 0.25, g: 0.125 },
  probability: false,
};
