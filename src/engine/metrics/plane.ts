import type { Modes } from '../data/dataset.ts';
import { openStreams, type Stream } from '../streams.ts';

/** Samples that the measures are taken on (Srivastava et al. 2017, VEEGAN, section 5.1). */
export const measuredCount = 2500;
/** Standard deviations from its nearest mode within which a sample is of high quality. */
const nearEnough = 3;

/** How samples of a world of clusters lie among its modes. */
export interface PlaneMeasures {
  /** Modes that are the nearest one of at least one sample of high quality. */
  readonly modes: number;
  /** Share of samples less than three standard deviations from their nearest mode. The world itself has 0.9889. */
  readonly highQuality: number;
  /** Median distance to the nearest mode, in its standard deviations. The world itself has 1.1774. */
  readonly medianSigmas: number;
  /**
   * Divergence KL(samples of high quality by mode || uniform), in nats: 0 to log(modes); NaN without any such sample.
   * Of n samples of the world itself about (modes - 1) / 2n (Lin et al. 2018, PacGAN, section 4.1).
   */
  readonly reverseKl: number;
}

/**
 * Mode coverage and quality, as Srivastava et al. 2017 (VEEGAN) and Lin et al. 2018 (PacGAN) count them. Modes alone
 * mislead: noise finds most of them. Compare with {@link noiseMeasures}.
 *
 * @param points [n, 2]
 */
export function measurePlane(points: Float32Array, { centres, sigma }: Modes): PlaneMeasures {
  const count = points.length / 2;
  const known = centres.length / 2;
  const hits = new Uint32Array(known);
  const distances = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let mode = 0; mode < known; mode++) {
      const dx = (points[2 * i] as number) - (centres[2 * mode] as number);
      const dy = (points[2 * i + 1] as number) - (centres[2 * mode + 1] as number);
      const squared = dx * dx + dy * dy;
      if (squared < least) [nearest, least] = [mode, squared];
    }
    const sigmas = Math.sqrt(least) / sigma;
    distances[i] = sigmas;
    if (sigmas < nearEnough) hits[nearest] = (hits[nearest] as number) + 1;
  }
  const good = hits.reduce((sum, hit) => sum + hit, 0);
  const shares = Array.from(hits, (hit) => hit / good).filter((share) => share > 0);
  return {
    modes: shares.length,
    highQuality: good / count,
    medianSigmas: medianOf(distances),
    reverseKl: good === 0 ? Number.NaN : shares.reduce((sum, share) => sum + share * Math.log(share * known), 0),
  };
}

/** One draw of so few points says little of how many modes noise finds. */
const noiseDraws = 64;

/** What noise scores on average that knows only the box that the modes lie in: the floor under every other figure. */
export function noiseMeasures(modes: Modes): PlaneMeasures {
  const stream = openStreams(0).samples;
  const draws = Array.from({ length: noiseDraws }, () => measurePlane(noiseIn(modes, stream), modes));
  const mean = (name: keyof PlaneMeasures) => draws.reduce((sum, one) => sum + one[name], 0) / noiseDraws;
  return {
    modes: mean('modes'),
    highQuality: mean('highQuality'),
    medianSigmas: mean('medianSigmas'),
    reverseKl: mean('reverseKl'),
  };
}

/** @returns [measuredCount, 2] */
function noiseIn(modes: Modes, stream: Stream): Float32Array {
  const axes = [0, 1].map((axis) => {
    const values = Array.from(modes.centres).filter((_, i) => i % 2 === axis);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  return Float32Array.from({ length: 2 * measuredCount }, (_, i) => {
    const [low, high] = axes[i % 2] as readonly [number, number];
    return low + (high - low) * stream.uniform();
  });
}

function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}
