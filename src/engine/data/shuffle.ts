/** A stream of uniform integers in [0, 2^32). */
export interface RandomSource {
  uint32(): number;
}

/** A uniform integer in [0, bound), 1 <= bound <= 2^32. Draws past the last whole multiple of `bound` are drawn again. */
export function uniformBelow(bound: number, random: RandomSource): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const draw = random.uint32();
    if (draw < limit) return draw % bound;
  }
}

/** Puts `items` in a uniformly random order, in place (Durstenfeld's form of the Fisher-Yates shuffle). */
export function shuffle<T extends { length: number; [index: number]: unknown }>(items: T, random: RandomSource): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = uniformBelow(last + 1, random);
    const kept = items[last];
    items[last] = items[other];
    items[other] = kept;
  }
  return items;
}
