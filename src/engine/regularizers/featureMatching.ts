import type { Regulariser } from './regulariser.ts';

/** G is also asked to match the reals on average, in what D has learnt to look at. */
export const featureMatching: Regulariser = {
  id: 'featureMatching',
  setting: 'reg.features',
  tex: String.raw`\lambda \left\| \mathbb{E}_x h(x) - \mathbb{E}_z h(G(z)) \right\|_2^2`,
  citation: {
    text: 'Salimans et al. 2016, Improved Techniques for Training GANs, section 3.1',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  isOn: (experiment) => experiment['reg.features'] > 0,
  wantsReals: true,

  start: ({ tf }) => ({
    lossG: ({ experiment, features: { fake, real } }) => {
      if (!real) throw new Error('feature matching needs reals');
      const difference = tf.sub(tf.mean(real, 0), tf.mean(fake, 0));
      return tf.mul(tf.sum(tf.square(difference)), experiment['reg.features']);
    },
  }),
};
