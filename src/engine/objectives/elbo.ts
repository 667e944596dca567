/**
 * The spread s of the decoder's Gaussian around each pixel, in the units of pixels from -1 to 1: a quarter of their range.
 * Fixed, so that a pixel's error and a unit's divergence keep one exchange rate, which `vae.beta` alone changes.
 */
export const pixelSpread = 0.5;

/** What a VAE minimises in the place of a duel; `game/vae.ts` computes it. */
export const elbo = {
  texReconstruction: String.raw`R = \mathbb{E}_x \tfrac{1}{2s^2}\,\|x - G(\mu + \sigma\epsilon)\|^2,\ s = ${pixelSpread}`,
  texDivergence: String.raw`\mathrm{KL} = \mathbb{E}_x \tfrac12 \textstyle\sum_i (\mu_i^2 + \sigma_i^2 - 1 - \log \sigma_i^2)`,
  texLoss: String.raw`R + \beta\,\mathrm{KL}`,
  citation: {
    text: 'Kingma & Welling 2013, Auto-Encoding Variational Bayes, equation 10; beta: Higgins et al. 2017',
    url: 'https://arxiv.org/abs/1312.6114',
  },
} as const;
