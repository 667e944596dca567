import { type Experiment, isShown } from '../../config/experiment.ts';
import type { LayerSpec, NetworkSpec, SpecOf } from '../nn/spec.ts';

/** What networks are built for. */
export interface ImageFacts {
  /** 1 for grey, 3 for sRGB. */
  readonly channels: number;
  /** Class ids, empty where the images are unlabelled. */
  readonly classes: readonly string[];
}

export interface NetworkSpecs {
  readonly g: NetworkSpec;
  readonly d: NetworkSpec;
}

/** Units of the embedding that stands beside z. */
const units = 16;

/** How many classes the networks of an experiment are told of: 0 where they are not, or there are none. */
export function classesTold(experiment: Experiment, { classes }: Pick<ImageFacts, 'classes'>): number {
  return experiment['model.classes'] !== 'none' && isShown('model.classes', experiment) ? classes.length : 0;
}

/**
 * Makes networks class-conditional: an embedding of the class beside z, and at D's end, in the place of its one dense
 * unit, a head that uses the class.
 */
export function conditional({ g, d }: NetworkSpecs, kind: 'projection' | 'auxiliary', classes: number): NetworkSpecs {
  const { init } = d.layers.at(-1) as SpecOf<'dense'>;
  const head: LayerSpec = { kind, classes, init };
  return {
    g: { ...g, layers: [{ kind: 'classes', classes, units }, ...g.layers] },
    d: { ...d, layers: [...d.layers.slice(0, -1), head] },
  };
}
