import type { Experiment } from '../../config/experiment.ts';
import { hinge } from './hinge.ts';
import { leastSquares } from './leastSquares.ts';
import { minimax } from './minimax.ts';
import { nonSaturating } from './nonSaturating.ts';
import type { Objective } from './objective.ts';
import { relativistic } from './relativistic.ts';
import { relativisticAverage } from './relativisticAverage.ts';
import { wasserstein } from './wasserstein.ts';

export { elbo } from './elbo.ts';
export type { DiscriminatorTerms, GeneratorTerms, LossOps, Objective } from './objective.ts';

/** Every loss the table offers. A new one is a file like `minimax.ts`, a line here and an option of `objective.loss`. */
export const objectives: Readonly<Record<Experiment['objective.loss'], Objective>> = {
  nonSaturating,
  minimax,
  leastSquares,
  hinge,
  wasserstein,
  relativistic,
  relativisticAverage,
};
