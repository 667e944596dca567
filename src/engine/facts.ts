import type { Experiment } from '../config/experiment.ts';
import { type ImageFacts, networksOf } from './models/index.ts';
import { countWeights, type LayerSpec, type NetworkSpec, planNetwork } from './nn/spec.ts';

/** What the page tells of a network: its trainable weights, and each layer with the shape of what leaves it. */
export interface NetworkFacts {
  readonly weights: number;
  readonly layers: readonly { readonly spec: LayerSpec; readonly shape: string; readonly weights: number }[];
}

function factsOf(network: NetworkSpec): NetworkFacts {
  const planned = planNetwork(network);
  const layers = planned.map((layer) => ({
    spec: layer.spec,
    shape: layer.output.join(' × '),
    weights: countWeights([layer]),
  }));
  return { weights: countWeights(planned), layers };
}

/** Both networks of an experiment, as the page lists them. Free of tfjs. */
export function networkFacts(experiment: Experiment, images: ImageFacts): { g: NetworkFacts; d: NetworkFacts } {
  const { g, d } = networksOf(experiment, images);
  return { g: factsOf(g), d: factsOf(d) };
}
