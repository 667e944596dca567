import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { EncodingId } from '../../src/engine/data/encoding.ts';
import { type RandomSource, shuffle, uniformBelow } from '../../src/engine/data/shuffle.ts';

/** One image of a set being built: [size, size, channels] values of 0…255, and its class. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** A data set before packing, in its final order, and what its manifest entry says about it. */
export interface Pictures {
  readonly train: readonly Picture[];
  readonly heldOut: readonly Picture[];
  /** One image at 28x28 for the page's list, same channels. */
  readonly thumbnail: Uint8Array;
  readonly encoding: EncodingId;
  /** Raise it when the images change. */
  readonly version: number;
  readonly credit: string;
  /** SPDX expression. */
  readonly licence: string;
  readonly source: string;
}

export function seeded(seed: number): RandomSource {
  const generator = xoroshiro128plus(seed);
  return { uint32: () => generator.next() >>> 0 };
}

/** The pictures of each class, each class in random order. */
export function shuffledByClass(pictures: readonly Picture[], classes: number, random: RandomSource): Picture[][] {
  const groups = Array.from({ length: classes }, (): Picture[] => []);
  for (const picture of pictures) groups[picture.label]?.push(picture);
  return groups.map((group) => shuffle(group, random));
}

/**
 * One random order of all groups in which every prefix holds each group in close to its overall share: the j-th of a
 * group's n pictures lies somewhere in the j-th n-th of the order.
 */
export function interleave(groups: readonly (readonly Picture[])[], random: RandomSource): Picture[] {
  const place = (j: number, n: number) => (j + uniformBelow(2 ** 32, random) / 2 ** 32) / n;
  return groups
    .flatMap((group) => group.map((picture, j) => ({ picture, at: place(j, group.length) })))
    .sort((a, b) => a.at - b.at)
    .map(({ picture }) => picture);
}

/** The pictures without exact copies of an earlier one, so that no held-out image is also trained on. */
export function unique(pictures: readonly Picture[]): Picture[] {
  const seen = new Set<string>();
  return pictures.filter(({ pixels }) => {
    const key = Buffer.from(pixels).toString('latin1');
    return !seen.has(key) && seen.add(key);
  });
}
