import type { World } from './world.ts';

/** A strip rolled up, seen from its end: scikit-learn's `make_swiss_roll` without the width of the strip, scaled. */
export const swissRoll: World = {
  id: 'swissRoll',
  sigma: 0.04,
  draw: (stream) => {
    const angle = 1.5 * Math.PI * (1 + 2 * stream.uniform());
    const radius = angle / 8.2;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};
