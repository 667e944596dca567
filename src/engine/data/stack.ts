import { openStreams, type Stream } from '../streams.ts';
import type { Dataset, Split } from './dataset.ts';

/**
 * Stacked digits: three images drawn at random, one a colour, so that ten classes make a thousand modes of equal share
 * (Metz et al. 2017, Unrolled Generative Adversarial Networks, section 3.3.1; VEEGAN and PacGAN count modes on them).
 * The same images each time. Held-out ones are made of held-out digits only.
 *
 * @param digits grey
 */
export function stack(id: string, digits: Dataset, counts: Readonly<Record<'train' | 'heldOut', number>>): Dataset {
  if (digits.channels !== 1) throw new RangeError(`cannot stack images of ${digits.channels} channels`);
  const stream = openStreams(0).shuffle;
  const train = stackSplit(digits.train, digits.size, counts.train, stream);
  const heldOut = stackSplit(digits.heldOut, digits.size, counts.heldOut, stream);
  return { ...digits, id, channels: 3, classes: [], train, heldOut };
}

function stackSplit({ count: known, pixels: from }: Split, size: number, count: number, stream: Stream): Split {
  const length = size * size;
  const pixels = new Uint8Array(count * length * 3);
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < 3; channel++) {
      const digit = Math.floor(stream.uniform() * known) * length;
      const to = image * length * 3 + channel;
      for (let i = 0; i < length; i++) pixels[to + 3 * i] = from[digit + i] as number;
    }
  }
  return { count, pixels, labels: new Uint8Array(count) };
}
