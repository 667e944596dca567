import type { BackendName } from '../../src/config/backends.ts';
import type { Crew, Wanted } from './crew.ts';
import { type Engine, PythonEngine } from './engines.ts';
import type { Options } from './options.ts';
import { type Entrant, messageOf, type Rules, race } from './race.ts';
import { type About, measuredRow, type Report } from './report.ts';
import { significant } from './statistics.ts';
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

export const aboutWork = ({ name, experiment }: Work, backend: BackendName) => ({
  work: name,
  backend,
  batch: experiment['train.batch'],
});

/**
 * Races engines at a training step.
 * @param counted whether to count afterwards what one step asks of the backend, on one thread, which is enough
 */
export async function raceAtStep(
  run: Run,
  work: Work,
  backend: BackendName,
  engines: readonly Engine[],
  counted = false,
): Promise<Times> {
  const { failures, counts } = run.report;
  const { rules, options } = run;
  const what = `${work.name}, batch ${work.experiment['train.batch']}, ${backend}`;
  const attempt = async (engine: Engine, part: () => Promise<void>): Promise<boolean> => {
    try {
      await part();
      return true;
    } catch (thrown) {
      failures.push({ who: `${engine.who} at ${what}`, message: messageOf(thrown) });
      return false;
    }
  };
  const built: Engine[] = [];
  for (const engine of engines) if (await attempt(engine, () => engine.build(work))) built.push(engine);
  const entrants = built.map((engine) => ({
    who: engine.who,
    run: (steps: number) => engine.run(work, steps),
    // Ours is what this is about.
    budgetMs: (engine.name === 'ours' ? 2 : 1) * rules.budgetMs,
  }));
  const times = await hold(run, what, entrants);
  for (const engine of built) {
    const { count } = engine;
    // Stock tfjs' step takes ten seconds on a GPU in software.
    const wanted = counted && (engine.name === 'ours' || backend === 'wasm' || !options.quick);
    if (wanted && count && engine.threads === 1 && times.has(engine.who)) {
      await attempt(engine, async () => {
        const { recordMs, ...rest } = await count(work);
        counts.push({ ...aboutWork(work, backend), engine: engine.name, ...rest, record_ms: significant(recordMs) });
      });
    }
    // One that broke may not be able to let go either.
    await engine.drop(work).catch(() => {});
  }
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
