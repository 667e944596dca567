import type { World } from './world.ts';

/** Two half circles that reach into each other, as scikit-learn's `make_moons` has them, centred and scaled. */
export const moons: World = {
  id: 'moons',
  sigma: 0.05,
  draw: (stream) => {
    const angle = Math.PI * stream.uniform();
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    const [across, up] = stream.uint32() % 2 === 0 ? [x, y] : [1 - x, 0.5 - y];
    return [1.1 * (across - 0.5), 1.1 * (up - 0.25)];
  },
};
