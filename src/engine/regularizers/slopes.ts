import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { Kit, RoundOfD } from './regulariser.ts';

/** Of each image, the sum of the squares of its score's gradient, [batch]. On the tape. */
export interface Slopes {
  readonly real: Tensor1D;
  readonly fake: Tensor1D;
}

const known = new WeakMap<RoundOfD, Slopes>();

/**
 * How steep D is at its reals and fakes. Both come from one way back through the pass that the loss has made, and are
 * made once for all penalties of an update.
 */
export function slopesOf(kit: Kit, round: RoundOfD): Slopes {
  const found = known.get(round) ?? measure(kit, round);
  known.set(round, found);
  return found;
}

function measure(kit: Kit, round: RoundOfD): Slopes {
  const { tf } = kit;
  const { real, fake, opinions } = round;
  if (needsComposed(round)) return { real: slopesAt(kit, round, real), fake: slopesAt(kit, round, fake) };
  const score = () => tf.add<Tensor>(tf.sum(opinions.real), tf.sum(opinions.fake));
  const [ofReal, ofFake] = tf.grads(score)([real, fake]) as [Tensor, Tensor];
  return { real: sumOfSquares(kit, ofReal), fake: sumOfSquares(kit, ofFake) };
}

/** As {@link slopesOf}, at other images, [batch, ...]. Costs a pass of its own. */
export function slopesAt(kit: Kit, round: RoundOfD, images: Tensor): Tensor1D {
  const { tf, ops } = kit;
  const score = (x: Tensor) => tf.sum(round.critic(x));
  const slope = needsComposed(round) ? ops.withComposedOps(() => tf.grad(score)(images)) : tf.grad(score)(images);
  return sumOfSquares(kit, slope);
}

/** Fused batch norm can be differentiated once only. */
function needsComposed({ d }: RoundOfD): boolean {
  return d.running.length > 0;
}

function sumOfSquares({ tf }: Kit, slope: Tensor): Tensor1D {
  return tf.sum(tf.square(tf.reshape(slope, [slope.shape[0] as number, -1])), 1);
}
