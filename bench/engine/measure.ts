import type { Crew, Wanted } from './crew.ts';
import { type Engine, PythonEngine } from './engines.ts';
import type { Options } from './options.ts';
import { type Entrant, type Rules, race } from './race.ts';
import { type About, measuredRow, type Report } from './report.ts';
import type { Work } from './works.ts';

/** What a part works with. */
export interface Run {
  readonly options: Options;
  readonly rules: Rules;
  readonly crew: Crew;
  readonly report: Report;
  /** Operations a millisecond that the fastest products reached, where they were measured. */
  readonly limits: { wasmThread?: number; readonly sgemm: Map<number, number> };
  readonly say: (text: string) => void;
}

export type Times = ReadonlyMap<string, readonly number[]>;

/** Lets entrants race and notes who failed. */
export async function hold({ rules, report, say }: Run, what: string, entrants: readonly Entrant[]): Promise<Times> {
  say(what);
  const { times, failures } = await race(entrants, rules);
  for (const { who, message } of failures) report.failures.push({ who: `${who} at ${what}`, message });
  return times;
}

/** Races engines at a training step. */
export async function raceAtStep(run: Run, what: string, work: Work, engines: readonly Engine[]): Promise<Times> {
  const built: Engine[] = [];
  for (const engine of engines) {
    try {
      await engine.build(work);
      built.push(engine);
    } catch (thrown) {
      run.report.failures.push({ who: `${engine.who} at ${what}`, message: String(thrown) });
    }
  }
  const entrants = built.map((engine) => ({ who: engine.who, run: (steps: number) => engine.run(work, steps) }));
  const times = await hold(run, what, entrants);
  // One that broke may not be able to let go either.
  for (const engine of built) await engine.drop(work).catch(() => {});
  return times;
}

/**
 * One row for each of ours against each peer that ran beside it: native ones thread for thread, jax-js, which takes all cores,
 * against ours on the most threads, stock tfjs, which has one, against all.
 */
export function addRows(
  { report }: Run,
  about: Omit<About, 'threads'>,
  engines: readonly Engine[],
  times: Times,
): void {
  const ours = engines.filter(({ name }) => name === 'ours');
  const most = Math.max(...ours.map(({ threads }) => threads));
  for (const { who, threads } of ours) {
    const mine = times.get(who);
    if (!mine) continue;
    for (const peer of engines) {
      const theirs = times.get(peer.who);
      if (peer.name === 'ours' || !theirs) continue;
      if (peer instanceof PythonEngine ? peer.threads !== threads : peer.name === 'jax-js' && threads !== most)
        continue;
      report.rows.push(measuredRow({ ...about, threads }, mine, peer.name, theirs));
    }
  }
}

export const each = (kind: Wanted[0], threads: readonly number[]): Wanted[] => threads.map((count) => [kind, count]);
