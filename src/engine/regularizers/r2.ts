import type { Regulariser } from './regulariser.ts';
import { slopesOf } from './slopes.ts';

/** As R1, at the fakes: what R1 leaves free where the fakes are not yet near the data. */
export const r2: Regulariser = {
  id: 'r2',
  setting: 'reg.r2',
  tex: String.raw`\tfrac{\gamma}{2}\,\mathbb{E}_z \lVert \nabla C(G(z)) \rVert^2`,
  citation: {
    text: 'Mescheder, Geiger & Nowozin 2018, Which Training Methods for GANs do actually Converge?, section 4.1',
    url: 'https://arxiv.org/abs/1801.04406',
  },
  isOn: (experiment) => experiment['reg.r2'] > 0,
  start: (kit) => ({
    lossD: (round) => kit.tf.mul(kit.tf.mean(slopesOf(kit, round).fake), round.experiment['reg.r2'] / 2),
  }),
};
