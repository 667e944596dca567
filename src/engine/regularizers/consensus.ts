import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../nn/network.ts';
import { objectives } from '../objectives/index.ts';
import type { Kit, LearningRound, Regulariser } from './regulariser.ts';

/**
 * Both players also shrink the gradients that both losses have, so that they spiral in where they would circle.
 *
 * The gradient of a gradient with respect to every weight: an update makes both passes again in composed ops and goes
 * back through them twice. A step of a small DCGAN takes ten times as long: it is meant for the plane's nets. Where
 * networks are told of classes, the fakes are judged as if they were of the batch's own.
 */
export const consensus: Regulariser = {
  id: 'consensus',
  setting: 'reg.consensus',
  tex: String.raw`\tfrac{\gamma}{2} \left( \lVert \nabla_{\!D} L_D \rVert^2 + \lVert \nabla_{\!G} L_G \rVert^2 \right)`,
  citation: {
    text: 'Mescheder, Nowozin & Geiger 2017, The Numerics of GANs, section 4',
    url: 'https://arxiv.org/abs/1705.10461',
  },
  isOn: (experiment) => experiment['reg.consensus'] > 0,
  wantsReals: true,
  start: (kit) => ({ lossD: (round) => halfNorm(kit, round), lossG: (round) => halfNorm(kit, round) }),
};

function halfNorm({ tf, ops, lossOps }: Kit, round: LearningRound & { readonly real?: Tensor }): Scalar {
  const { experiment, critic, g, d } = round;
  const { lossD, lossG } = objectives[experiment['objective.loss']];
  return ops.withComposedOps(() => {
    const real = critic(round.real as Tensor);
    const fake = critic(round.fakes());
    const ofD = () => lossD(lossOps, { real, fake, realLabel: experiment['objective.realLabel'] });
    const ofG = () => lossG(lossOps, { fake, real });
    // Not tf.grads, which throws where a weight has no part in the loss, as an auxiliary classifier's.
    const slopesOf = (loss: () => Scalar, { variables }: Network): readonly (Tensor | null)[] =>
      tf.engine().gradients(loss, [...variables], undefined, true).grads;
    const slopes = [...slopesOf(ofD, d), ...slopesOf(ofG, g)].filter((slope) => slope !== null && slope !== undefined);
    const squares = slopes.map((slope) => tf.sum(tf.square(slope)));
    return tf.mul(tf.sum(tf.stack(squares)), experiment['reg.consensus'] / 2);
  });
}
