import type { World } from './world.ts';

const turns = 1.25;
const [inner, outer] = [0.15, 1.65];

/** Two arms that wind around each other. Points lie evenly along the angle's root, so that the arms are evenly dense. */
export const spirals: World = {
  id: 'spirals',
  sigma: 0.03,
  draw: (stream) => {
    const along = Math.sqrt(stream.uniform());
    const arm = stream.uint32() % 2;
    const angle = 2 * Math.PI * turns * along + Math.PI * arm;
    const radius = inner + (outer - inner) * along;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};
