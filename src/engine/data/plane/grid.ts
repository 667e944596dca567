import { clusters } from './world.ts';

const side = [-2, -1, 0, 1, 2] as const;

/**
 * A square of 5 by 5 clusters, as in Lin et al. 2018 (PacGAN), section 4.1, in units in which both axes have variance 1:
 * there 2 apart with the deviation 0.05, here both divided by the root of 8.
 */
export const grid = clusters(
  'grid',
  0.05 / Math.sqrt(8),
  side.flatMap((y) => side.map((x) => [x / Math.SQRT2, y / Math.SQRT2] as const)),
);
