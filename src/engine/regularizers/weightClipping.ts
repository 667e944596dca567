import type { Regulariser } from './regulariser.ts';

/** Holds each of D's weights within [-c, c], so that its scores cannot be steep. Crude: most weights end at an edge. */
export const weightClipping: Regulariser = {
  id: 'weightClipping',
  setting: 'reg.clip',
  tex: String.raw`w \leftarrow \operatorname{clip}(w, -c, c)`,
  citation: {
    text: 'Arjovsky, Chintala & Bottou 2017, Wasserstein GAN, algorithm 1',
    url: 'https://arxiv.org/abs/1701.07875',
  },
  isOn: (experiment) => experiment['reg.clip'] > 0,
  start: ({ tf }) => ({
    moved: (network, side, { experiment }) => {
      if (side === 'g') return;
      const c = experiment['reg.clip'];
      for (const variable of network.variables) variable.assign(tf.clipByValue(variable, -c, c));
    },
  }),
};
