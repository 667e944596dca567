import { type Experiment, isShown } from '../../config/experiment.ts';
import type { NetworkSpec } from '../nn/spec.ts';

/** Images that D judges together. */
export function packOf(experiment: Experiment): number {
  return isShown('model.pack', experiment) ? experiment['model.pack'] : 1;
}

/** Images of a batch: a multiple of the pack, at least one of it. */
export function batchOf(experiment: Experiment): number {
  const pack = packOf(experiment);
  return Math.max(1, Math.floor(experiment['train.batch'] / pack)) * pack;
}

/** A discriminator that takes packs, laid upon each other as channels. */
export function packed(spec: NetworkSpec, pack: number): NetworkSpec {
  const channels = spec.input.at(-1) as number;
  return { ...spec, input: [...spec.input.slice(0, -1), channels * pack] };
}
