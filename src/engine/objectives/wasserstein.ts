import type { Objective } from './objective.ts';

/**
 * The difference of the mean scores. Under a D that cannot be steep (clipped, penalised, spectrally normalised) it
 * estimates how far G's images are from the real ones, times D's steepness; under any other D it has no bound.
 */
export const wasserstein: Objective = {
  id: 'wasserstein',
  texD: String.raw`\mathbb{E}_z\, C(G(z)) - \mathbb{E}_x\, C(x)`,
  texG: String.raw`-\mathbb{E}_z\, C(G(z))`,
  citation: {
    text: 'Arjovsky, Chintala & Bottou 2017, Wasserstein GAN, algorithm 1',
    url: 'https://arxiv.org/abs/1701.07875',
  },
  lossD: (ops, { real, fake }) => ops.sub(ops.mean(fake), ops.mean(real)),
  lossG: (ops, { fake }) => ops.neg(ops.mean(fake)),
  atEquilibrium: { score: 0, d: 0, g: 0 },
  probability: false,
};
