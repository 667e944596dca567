import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';

/** Samples that the measures are taken on (Srivastava et al. 2017, VEEGAN, section 5.2). */
export const stackedCount = 26_000;
/** Three digits. */
const codes = 1000;
/** Samples whose channels are judged at once: a bound on memory. */
const atOnce = 250;

/** How samples of stacked digits lie among the thousand numbers they may show. */
export interface StackedMeasures {
  /** Numbers seen at least once. 1,000 for the data themselves, at 26,000 samples. */
  readonly modes: number;
  /** KL(numbers seen || uniform) in nats, 0 to log 1000. For n samples of the data themselves about 999 / 2n, 0.019. */
  readonly kl: number;
}

/**
 * What number each sample shows: the classifier names the digit of each colour. It names one for noise, too.
 *
 * @param samples [n, size, size, 3] in [-1, 1]
 * @returns [n], 0 to 999
 */
export async function numbersOf(classifier: Classifier, samples: Float32Array, size: number): Promise<Uint16Array> {
  const each = size * size * 3;
  const count = samples.length / each;
  const numbers = new Uint16Array(count);
  for (let from = 0; from < count; from += atOnce) {
    const some = Math.min(atOnce, count - from);
    const classes = tf.tidy(() => {
      const stacked = tf.tensor4d(samples.subarray(from * each, (from + some) * each), [some, size, size, 3]);
      const digits = tf.reshape(tf.transpose(stacked, [0, 3, 1, 2]), [-1, size, size, 1]);
      return tf.argMax(classifier.logits(digits), 1);
    });
    const digits = await classes.data();
    classes.dispose();
    for (let i = 0; i < some; i++) {
      const [red, green, blue] = digits.subarray(3 * i, 3 * i + 3) as Int32Array;
      numbers[from + i] = 100 * (red as number) + 10 * (green as number) + (blue as number);
    }
  }
  return numbers;
}

/** Modes and divergence as Metz et al. 2017 and Lin et al. 2018 (PacGAN, section 4.2) count them. */
export function measureStacked(numbers: Uint16Array): StackedMeasures {
  const seen = new Uint32Array(codes);
  for (const number of numbers) seen[number] = (seen[number] as number) + 1;
  const shares = Array.from(seen, (times) => times / numbers.length).filter((share) => share > 0);
  return {
    modes: shares.length,
    kl: shares.reduce((sum, share) => sum + share * Math.log(share * codes), 0),
  };
}
