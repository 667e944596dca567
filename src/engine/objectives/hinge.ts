import type { Objective } from './objective.ts';

/** D only learns from scores within the margin, below 1 for reals and above -1 for fakes; G raises its scores without end. */
export const hinge: Objective = {
  id: 'hinge',
  texD: String.raw`\mathbb{E}_x \max(0, 1 - C(x)) + \mathbb{E}_z \max(0, 1 + C(G(z)))`,
  texG: String.raw`-\mathbb{E}_z\, C(G(z))`,
  citation: {
    text: 'Lim & Ye 2017, Geometric GAN; Miyato et al. 2018, equations 16 and 17',
    url: 'https://arxiv.org/abs/1705.02894',
  },
  lossD: (ops, { real, fake }) => ops.add(ops.mean(ops.relu(ops.sub(1, real))), ops.mean(ops.relu(ops.add(fake, 1)))),
  lossG: (ops, { fake }) => ops.neg(ops.mean(fake)),
  atEquilibrium: { score: 0, d: 2, g: 0 },
  probability: false,
};
