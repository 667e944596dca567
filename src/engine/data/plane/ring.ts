import { clusters } from './world.ts';

const modes = 8;

/**
 * Eight clusters on a circle, as in Lin et al. 2018 (PacGAN), section 4.1, in units in which both axes have
 * variance 1: there radius 1 and deviation 0.01, here both times the root of 2.
 */
export const ring = clusters(
  'ring',
  0.01 * Math.SQRT2,
  Array.from({ length: modes }, (_, i) => {
    const angle = (2 * Math.PI * i) / modes;
    return [Math.SQRT2 * Math.cos(angle), Math.SQRT2 * Math.sin(angle)] as const;
  }),
);
