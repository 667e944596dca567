import { useMemo } from 'react';
import { useDuel } from '../../state/react.ts';
import type { PlaneView } from '../../worker/protocol.ts';

/** How well generated points cover a world of clusters (Srivastava et al. 2017, VEEGAN, section 4; Lin et al. 2018). */
export interface Coverage {
  /** Modes in all. */
  readonly modes: number;
  /** For each mode: whether some point is of high quality for it. */
  readonly found: readonly boolean[];
  /** Share of points less than three deviations from a mode, 0 to 1. */
  readonly highQuality: number;
  /** Median distance to the nearest mode, in deviations. */
  readonly medianSigmas: number;
  /** Points that this was measured on. */
  readonly count: number;
  /** What points spread evenly over the modes' box would have. */
  readonly noise: { readonly found: number; readonly highQuality: number };
}

/** How the newest points cover the world that a view shows; nothing where it has no clusters. */
export function useCoverage(view: PlaneView | undefined): Coverage | undefined {
  const modes = useDuel((state) => state.facts?.plane?.modes);
  const measured = useDuel((state) => state.measured);
  const points = view?.kind === 'cloud' ? (measured ?? view.fake) : undefined;
  return useMemo(() => modes && points && coverageOf(points, modes.centres, modes.sigma), [points, modes]);
}

/** A point is of high quality within as many deviations. */
const near = 3;

/**
 * @param points [n, 2]
 * @param centres [modes, 2]
 */
export function coverageOf(points: Float32Array, centres: Float32Array, sigma: number): Coverage {
  const [count, modes] = [points.length / 2, centres.length / 2];
  const found = new Array<boolean>(modes).fill(false);
  const distances = new Float64Array(count);
  let good = 0;
  for (let i = 0; i < count; i++) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let mode = 0; mode < modes; mode++) {
      const dx = (points[2 * i] as number) - (centres[2 * mode] as number);
      const dy = (points[2 * i + 1] as number) - (centres[2 * mode + 1] as number);
      const distance = Math.hypot(dx, dy);
      if (distance < least) [nearest, least] = [mode, distance];
    }
    distances[i] = least / sigma;
    if (least >= near * sigma) continue;
    good++;
    found[nearest] = true;
  }
  distances.sort();
  return {
    modes,
    found,
    highQuality: count === 0 ? 0 : good / count,
    medianSigmas: middleOf(distances),
    count,
    noise: noiseOf(centres, sigma, count),
  };
}

/**
 * Expected values for points spread evenly over the box from the outermost centres to the outermost; the disks of three
 * deviations are taken not to overlap. Of one on an edge of the box half lies within, of one at a corner a quarter.
 */
function noiseOf(centres: Float32Array, sigma: number, count: number): Coverage['noise'] {
  const modes = centres.length / 2;
  const axes = [0, 1].map((axis) => {
    const values = Array.from({ length: modes }, (_, i) => centres[2 * i + axis] as number);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  const area = axes.reduce((product, [low, high]) => product * (high - low), 1);
  let [found, highQuality] = [0, 0];
  for (let mode = 0; mode < modes; mode++) {
    let share = (Math.PI * (near * sigma) ** 2) / area;
    axes.forEach(([low, high], axis) => {
      const edge = Math.min((centres[2 * mode + axis] as number) - low, high - (centres[2 * mode + axis] as number));
      if (edge < sigma) share /= 2;
    });
    highQuality += share;
    found += 1 - (1 - Math.min(1, share)) ** count;
  }
  return { found, highQuality: Math.min(1, highQuality) };
}

/** Of sorted values. */
function middleOf(sorted: Float64Array): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
