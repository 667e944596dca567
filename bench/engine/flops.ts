import type { Experiment } from '../../src/config/experiment.ts';
import { modelOf } from '../../src/engine/models/index.ts';
import { type PlannedLayer, planNetwork, sizeOf } from '../../src/engine/nn/spec.ts';

/** Additions and multiplications of one product of [rows, inner] and [inner, columns]. */
export function productFlops(rows: number, inner: number, columns: number): number {
  return 2 * rows * inner * columns;
}

/**
 * Taps along one axis that fall inside the larger side, over all places of the smaller one: what padding adds is known to
 * be zero, and ours leaves it out.
 */
function tapsInside(large: number, small: number, kernel: number, stride: number): number {
  const before = Math.floor(Math.max(0, (small - 1) * stride + kernel - large) / 2);
  let taps = 0;
  for (let place = 0; place < small; place++) {
    const first = place * stride - before;
    taps += Math.min(large, first + kernel) - Math.max(0, first);
  }
  return taps;
}

/** Of one image going forwards through one layer. Only the sums of products count: norms and bends are 1 % of a step. */
function layerFlops({ spec, input, output, inner }: PlannedLayer): number {
  if (inner) return [...inner.body, ...inner.shortcut].reduce((sum, layer) => sum + layerFlops(layer), 0);
  switch (spec.kind) {
    case 'dense':
      return productFlops(1, sizeOf(input), spec.units);
    case 'conv':
    case 'convTranspose':
    case 'resample': {
      const up = spec.kind === 'convTranspose' || (spec.kind === 'resample' && spec.way === 'up');
      const { kernel, stride } = spec.kind === 'resample' ? { kernel: 3, stride: 2 } : spec;
      const [large, small] = up ? [output, input] : [input, output];
      const [rows, columns] = [0, 1].map((axis) =>
        tapsInside(large[axis] as number, small[axis] as number, kernel, stride),
      ) as [number, number];
      return productFlops(rows * columns, input.at(-1) as number, spec.filters);
    }
    default:
      return 0;
  }
}

/** The passes through a network, for one image. Each of the three costs a layer the same. */
function passes(layers: readonly PlannedLayer[]) {
  const each = layers.map(layerFlops).filter((flops) => flops > 0);
  const all = each.reduce((sum, flops) => sum + flops, 0);
  return { forward: all, toWeights: all, toInput: all, toFirstSum: all - (each[0] ?? 0) };
}

/**
 * Of one whole training step: D on reals and on fakes that G has just made, then G through D. What no gradient needs does
 * not count: that of D's input in D's own step, that of D's weights in G's, that of the latents.
 */
export function stepFlops(experiment: Experiment, channels: number): number {
  const model = modelOf(experiment);
  const g = passes(planNetwork(model.generator(experiment, channels)));
  const d = passes(planNetwork(model.discriminator(experiment, channels)));
  const moveD = g.forward + 2 * (d.forward + d.toWeights + d.toFirstSum);
  const moveG = g.forward + d.forward + d.toInput + g.toWeights + g.toFirstSum;
  return experiment['train.batch'] * (experiment['train.stepsD'] * moveD + experiment['train.stepsG'] * moveG);
}
