import { isDuel } from './families.ts';
import type { FieldValue } from './field.ts';
import { fieldOf, type fields, type Path, paths } from './fields.ts';

/** A whole experiment: one value for each row of the table. Plain data, safe to clone, compare and send. */
export type Experiment = { readonly [P in Path]: FieldValue<(typeof fields)[P]> };

/** Any subset of an experiment: a preset's own values, a live change, what a link holds. */
export type Change = Partial<Experiment>;

export type Value = Experiment[Path];

/** The table's initial values. */
export const initialExperiment = Object.fromEntries(paths.map((path) => [path, fieldOf(path).initial])) as Experiment;

/** Whether a stabiliser is at work. */
export function isOn(path: Path, experiment: Experiment): boolean {
  return !isOffValue(experiment[path]);
}

/** Whether this is how a stabiliser is off. */
export function isOffValue(value: Value): boolean {
  return value === 0 || value === 'none' || value === false;
}

/** The stabilisers at work, in the table's order. */
export function stabilisersOn(experiment: Experiment): Path[] {
  return paths.filter(
    (path) => fieldOf(path).suggested !== undefined && isOn(path, experiment) && isShown(path, experiment),
  );
}

/** Settings of the duel, which a VAE has none of: its losses, its stabilisers, and who moves how often. */
const ofTheDuel = /^(objective|reg)\.|^train\.steps|^model\.(minibatch|pack)$/;

/** Whether a setting matters in this experiment: each of its `when` choices matters itself and holds, and what it belongs to is on. */
export function isShown(path: Path, experiment: Experiment): boolean {
  const { when, of } = fieldOf(path);
  if (!isDuel(experiment) && ofTheDuel.test(path)) return false;
  if (of && !(isOn(of as Path, experiment) && isShown(of as Path, experiment))) return false;
  if (!when) return true;
  return Object.entries(when).every(
    ([other, values]) => values.includes(experiment[other as Path]) && isShown(other as Path, experiment),
  );
}

/** The paths whose values differ between two experiments, in the table's order. */
export function differingPaths(a: Experiment, b: Experiment): Path[] {
  return paths.filter((path) => a[path] !== b[path]);
}

/** The values of `next` that differ from `base`. */
export function difference(base: Experiment, next: Experiment): Change {
  return Object.fromEntries(differingPaths(base, next).map((path) => [path, next[path]])) as Change;
}
