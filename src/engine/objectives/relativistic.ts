import { type GeneratorTerms, type Objective, realsOf } from './objective.ts';

/** Each real is paired with a fake, and D is asked which of the two is real. G needs reals to turn the answer round. */
export const relativistic: Objective = {
  id: 'relativistic',
  texD: String.raw`-\mathbb{E}_{x,z} \log \sigma(C(x) - C(G(z)))`,
  texG: String.raw`-\mathbb{E}_{x,z} \log \sigma(C(G(z)) - C(x))`,
  citation: {
    text: 'Jolicoeur-Martineau 2018, The relativistic discriminator, RSGAN; paired again in Huang et al. 2024 (R3GAN)',
    url: 'https://arxiv.org/abs/1807.00734',
  },
  lossD: (ops, { real, fake }) => ops.bceWithLogits(ops.sub(real, fake), 1),
  lossG: (ops, terms: GeneratorTerms) => ops.bceWithLogits(ops.sub(terms.fake, realsOf(terms)), 1),
  pairs: true,
  atEquilibrium: { score: 0, d: Math.LN2, g: Math.LN2 },
  probability: false,
};
