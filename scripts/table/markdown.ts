import type { PlaneMeasures } from '../../src/engine/metrics/plane.ts';

/** One run of the table, as a line of its JSON. */
export interface Run extends PlaneMeasures {
  readonly world: string;
  readonly loss: string;
  /** The regularisers; empty for the objective alone. */
  readonly with: string;
  readonly seed: number;
  readonly steps: number;
  readonly seconds: number;
  /** What noise scores on this world. */
  readonly noise: PlaneMeasures;
}

/** Runs by world, then by what was trained: the mean of the seeds, with the least and the greatest. */
export function markdown(runs: readonly Run[]): string {
  return [...groups(runs, (run) => run.world)].map(([world, ofWorld]) => section(world, ofWorld)).join('\n');
}

function section(world: string, runs: readonly Run[]): string {
  const { noise } = runs[0] as Run;
  const rows = [...groups(runs, ({ loss, with: regulariser, steps }) => JSON.stringify([loss, regulariser, steps]))];
  const lines = rows.map(([, same]) => {
    const { loss, with: regulariser, steps } = same[0] as Run;
    const seeds = same.map(({ seed }) => seed).join(', ');
    const cells = [
      loss,
      regulariser || 'alone',
      String(steps),
      seeds,
      spread(same, 'modes', 1),
      spread(same, 'highQuality', 3),
      spread(same, 'medianSigmas', 2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `## ${world}`,
    '',
    '| objective | with | steps | seeds | modes | high quality | median sigmas |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    `| noise | | | | ${noise.modes.toFixed(1)} | ${noise.highQuality.toFixed(3)} | ${noise.medianSigmas.toFixed(2)} |`,
    ...lines,
    '',
  ].join('\n');
}

/** "7.7 (7.0 to 8.0)", or the figure alone where all are equal. */
function spread(runs: readonly Run[], name: keyof PlaneMeasures, digits: number): string {
  const values = runs.map((run) => run[name]);
  const text = (value: number) => value.toFixed(digits);
  const mean = text(values.reduce((sum, value) => sum + value, 0) / values.length);
  const [least, most] = [text(Math.min(...values)), text(Math.max(...values))];
  return least === most ? mean : `${mean} (${least} to ${most})`;
}

function groups<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) found.set(key(one), [...(found.get(key(one)) ?? []), one]);
  return found;
}
