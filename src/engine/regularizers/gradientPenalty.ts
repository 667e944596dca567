import type { Tensor } from '@tensorflow/tfjs-core';
import type { Regulariser } from './regulariser.ts';
import { slopesAt } from './slopes.ts';

/** Under the root, whose derivative at 0 is infinite. */
const epsilon = 1e-12;

/**
 * Between reals and fakes D shall be as steep as 1, or at most so where one-sided: a Wasserstein critic's slope without
 * clipped weights.
 */
export const gradientPenalty: Regulariser = {
  id: 'gradientPenalty',
  setting: 'reg.gp',
  tex: String.raw`\lambda\,\mathbb{E}_{\hat x} (\lVert \nabla C(\hat x) \rVert - 1)^2,\quad \hat x = x + \alpha (G(z) - x)`,
  citation: {
    text: 'Gulrajani et al. 2017, Improved Training of Wasserstein GANs, algorithm 1; one-sided: section 4',
    url: 'https://arxiv.org/abs/1704.00028',
  },
  isOn: (experiment) => experiment['reg.gp'] > 0,
  start: (kit) => ({
    lossD: (round) => {
      const { tf } = kit;
      const { experiment, real, fake, streams } = round;
      const count = real.shape[0] as number;
      const alpha = tf.tensor(streams.penalty.uniforms(count, 0, 1), [count, ...real.shape.slice(1).map(() => 1)]);
      const between = tf.add<Tensor>(real, tf.mul(alpha, tf.sub(fake, real)));
      const excess = tf.sub<Tensor>(tf.sqrt(tf.add(slopesAt(kit, round, between), epsilon)), 1);
      const counted = experiment['reg.gpOneSided'] ? tf.relu(excess) : excess;
      return tf.mul(tf.mean(tf.square(counted)), experiment['reg.gp']);
    },
  }),
};
