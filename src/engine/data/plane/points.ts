import type { World } from './world.ts';

/** What stands there until a person draws or brings something: a heart, [n, 2]. */
export const heart: Float32Array = Float32Array.from(
  Array.from({ length: 120 }, (_, i) => {
    const t = (2 * Math.PI * i) / 120;
    const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
    return [0.09 * 16 * Math.sin(t) ** 3, 0.09 * (y + 2.5)];
  }).flat(),
);

/** A person's own points, each as likely. */
export const points: World = {
  id: 'points',
  sigma: 0.03,
  draw: (stream, own) => {
    const at = 2 * (stream.uint32() % (own.length / 2));
    return [own[at] as number, own[at + 1] as number];
  },
};
