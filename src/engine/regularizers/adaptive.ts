import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Kit } from './regulariser.ts';

/** Share of the reals that D should call real, as r_t = E[sign D(x)] (Karras et al. 2020, section 3.1). */
export const target = 0.6;
/** Batches between two changes of p. */
export const interval = 4;
/**
 * Images in which p can go from 0 to 1. The paper has 500,000 of some 25 million; a run here sees 100,000 to 200,000, so
 * that at the paper's pace p would still be near its start when it ends.
 */
export const horizon = 20_000;

/** A probability that follows how far D overfits. It stays on the device: no step waits for it to be read. */
export class AdaptiveProbability {
  readonly #kit: Kit;
  #p: Scalar;
  #sum: Scalar;
  #batches = 0;

  /** @param first in [0, 1] */
  constructor(kit: Kit, first: number) {
    this.#kit = kit;
    this.#p = kit.tf.keep(kit.tf.scalar(first));
    this.#sum = kit.tf.keep(kit.tf.scalar(0));
  }

  get value(): Scalar {
    return this.#p;
  }

  /**
   * @param logits D's of reals, as it is shown them
   * @param images how many of them
   */
  judged(logits: Tensor, images: number): void {
    const { tf } = this.#kit;
    const sum = tf.add<Scalar>(this.#sum, tf.mean(tf.sign(logits)));
    this.#batches++;
    const due = this.#batches % interval === 0;
    if (due) {
      const step = (images * interval) / horizon;
      const overfits = tf.sign(tf.sub(tf.div(sum, interval), target));
      this.#replace(tf.clipByValue(tf.add(this.#p, tf.mul(overfits, step)), 0, 1), tf.scalar(0));
    } else {
      this.#replace(tf.clone(this.#p), sum);
    }
  }

  #replace(p: Scalar, sum: Scalar): void {
    this.dispose();
    this.#p = this.#kit.tf.keep(p);
    this.#sum = this.#kit.tf.keep(sum);
  }

  dispose(): void {
    this.#kit.tf.dispose([this.#p, this.#sum]);
  }
}
