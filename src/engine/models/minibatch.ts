import type { Experiment } from '../../config/experiment.ts';
import type { LayerSpec } from '../nn/spec.ts';

/** Images compared at a time (ProGAN's code). */
const group = 4;
/** Kernels, and the numbers in a row that each compares. The paper's code has 100 and 5; the cost grows with both. */
const [kernels, dims] = [32, 5];

/**
 * What lets D see how much the images of a batch differ, so that a G which draws one image again and again is found out.
 * Of a family's D, the layers before those that end it: `flatten` and `dense`.
 */
export function minibatchLayers(experiment: Experiment): LayerSpec[] {
  switch (experiment['model.minibatch']) {
    case 'none':
      return [];
    case 'stddev':
      return [{ kind: 'minibatchStddev', group }];
    case 'discrimination':
      return [{ kind: 'flatten' }, { kind: 'minibatchDiscrimination', kernels, dims }];
  }
}
