import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';
import type { Network } from '../nn/network.ts';
import type { Regulariser } from './regulariser.ts';

/** Draws each network towards the mean of all that it has been, which damps running in circles. */
export const historicalAveraging: Regulariser = {
  id: 'historicalAveraging',
  setting: 'reg.history',
  tex: String.raw`\lambda \left\| \theta - \frac{1}{t} \sum_{i=1}^{t} \theta_i \right\|_2^2`,
  citation: {
    text: 'Salimans et al. 2016, Improved Techniques for Training GANs, section 3.3',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  isOn: (experiment) => experiment['reg.history'] > 0,

  start: ({ tf, ops }, networks) => {
    /** Of each network, the mean of its weights after each update since this is on, the first ones included. */
    const means = new Map<Network, { mean: Tensor[]; count: number }>();
    for (const network of [networks.g, networks.d]) {
      means.set(network, { mean: network.variables.map((variable) => tf.keep(variable.clone())), count: 1 });
    }
    const term = (network: Network, experiment: Experiment): Scalar => {
      const mean = means.get(network)?.mean ?? [];
      const squares = network.variables.map((variable, i) => {
        return tf.sum(tf.square(tf.sub(variable, mean[i] as Tensor)));
      });
      return tf.mul(tf.sum(tf.stack(squares)), experiment['reg.history']);
    };
    return {
      lossD: ({ d, experiment }) => term(d, experiment),
      lossG: ({ g, experiment }) => term(g, experiment),
      moved: (network) => {
        const known = means.get(network);
        if (!known) return;
        known.count++;
        const keep = 1 - 1 / known.count;
        const next = network.variables.map((variable, i) => {
          return tf.keep(ops.blend<Tensor>(known.mean[i] as Tensor, variable, keep));
        });
        tf.dispose(known.mean);
        known.mean = next;
      },
      dispose: () => {
        for (const { mean } of means.values()) tf.dispose(mean);
      },
    };
  },
};
