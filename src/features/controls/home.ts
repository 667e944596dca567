import type { Experiment } from '../../config/experiment.ts';
import { experimentOf, type Preset } from '../../config/presets.ts';

const homes = new WeakMap<Preset, Experiment>();

/** A preset's whole experiment, made once: every row of the controls asks for it at every event of the run. */
export function homeOf(preset: Preset): Experiment {
  const known = homes.get(preset) ?? experimentOf(preset);
  homes.set(preset, known);
  return known;
}
