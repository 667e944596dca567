import type { Regulariser } from './regulariser.ts';
import { slopesOf } from './slopes.ts';

/** D pays for being steep at reals: near the data it grows flat, and the game's rotation about its goal is damped. */
export const r1: Regulariser = {
  id: 'r1',
  setting: 'reg.r1',
  tex: String.raw`\tfrac{\gamma}{2}\,\mathbb{E}_x \lVert \nabla C(x) \rVert^2`,
  citation: {
    text: 'Mescheder, Geiger & Nowozin 2018, Which Training Methods for GANs do actually Converge?, section 4.1',
    url: 'https://arxiv.org/abs/1801.04406',
  },
  isOn: (experiment) => experiment['reg.r1'] > 0,
  start: (kit) => ({
    lossD: (round) => kit.tf.mul(kit.tf.mean(slopesOf(kit, round).real), round.experiment['reg.r1'] / 2),
  }),
};
