import type { Regulariser } from './regulariser.ts';

/** Shortens a gradient that is longer than the bound, all arrays of a network together, so that its direction stays. */
export const clipGradients: Regulariser = {
  id: 'clipGradients',
  setting: 'reg.clipNorm',
  tex: String.raw`g \leftarrow g \cdot \min\!\left(1, \frac{c}{\|g\|_2}\right)`,
  citation: {
    text: 'Pascanu et al. 2012, On the difficulty of training recurrent neural networks, algorithm 1',
    url: 'https://arxiv.org/abs/1211.5063',
  },
  isOn: (experiment) => experiment['reg.clipNorm'] > 0,

  start: ({ tf, ops }) => ({
    gradients: (grads, _side, experiment) => {
      const longest = experiment['reg.clipNorm'];
      // c / max(c, |g|), which no gradient of zero can upset.
      const share = tf.div(longest, tf.maximum(longest, ops.globalNorm(grads)));
      return grads.map((grad) => tf.mul(grad, share));
    },
  }),
};
