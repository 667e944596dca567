import type { NetworkSpec } from '../nn/spec.ts';
import type { Model } from './model.ts';

/** One weight, which begins where it is told to. */
function weight(mean: number): NetworkSpec {
  const init = { kind: 'normal', mean, deviation: 0 } as const;
  return { input: [1], layers: [{ kind: 'dense', units: 1, init, bias: false, activation: 'linear' }] };
}

/**
 * DiracGAN: z is always 1, so that G's one weight theta is its one fake, and D's score of x is -psi x (the sign that
 * makes theta and psi rise and fall as in the paper). Both begin at 1; right is 0.
 */
export const dirac: Model = {
  id: 'dirac',
  citation: {
    text: 'Mescheder et al. 2018, Which Training Methods for GANs do actually Converge?, section 2',
    url: 'https://arxiv.org/abs/1801.04406',
  },
  generator: () => weight(1),
  discriminator: () => weight(-1),
};
