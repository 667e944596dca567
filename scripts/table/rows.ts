import type { Change, Experiment } from '../../src/config/experiment.ts';

/** An objective, alone or with the regularisers that suit it best. */
export interface TableRow {
  readonly loss: Experiment['objective.loss'];
  /** In a few words; empty for the objective alone. */
  readonly with: string;
  readonly change: Change;
}

const noise: Change = { 'reg.noise': 0.3, 'reg.noiseSteps': 5000, 'optim.decay': 'linear', 'optim.horizon': 5000 };
const bothPenalties: Change = { 'reg.r1': 0.1, 'reg.r2': 0.1 };

/** Each objective alone, then with its best: what that is, is from the papers and from runs on seeds 1 to 3. */
export const tableRows: readonly TableRow[] = [
  { loss: 'minimax', with: '', change: {} },
  { loss: 'minimax', with: 'instance noise, decay', change: noise },
  { loss: 'nonSaturating', with: '', change: {} },
  { loss: 'nonSaturating', with: 'instance noise, decay', change: noise },
  { loss: 'leastSquares', with: '', change: {} },
  { loss: 'leastSquares', with: 'instance noise, decay', change: noise },
  { loss: 'hinge', with: '', change: {} },
  { loss: 'hinge', with: 'spectral norm', change: { 'reg.spectral': 1 } },
  { loss: 'wasserstein', with: '', change: {} },
  { loss: 'wasserstein', with: 'gradient penalty', change: { 'reg.gp': 0.1 } },
  { loss: 'relativistic', with: '', change: {} },
  { loss: 'relativistic', with: 'R1, R2', change: bothPenalties },
  { loss: 'relativisticAverage', with: '', change: {} },
  { loss: 'relativisticAverage', with: 'R1, R2', change: bothPenalties },
];
