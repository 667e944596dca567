/**
 * `npm run bench -- cost [--threads 2] [--rounds 7] [--write]`: what each choice costs: the time of a step with it over that
 * of the plain DCGAN without, all by turns in one run, on WASM in Chromium. Prints JSON; `--write` also writes the figures
 * to src/config/costs.ts, where the page's help texts take them from.
 *
 * Plain is the default preset without a norm in D, which penalties cannot have, and without an average of G's weights.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Change } from '../src/config/experiment.ts';
import { optionsOf } from './cost/rows.ts';
import { SidesPage, serveSides } from './engine/browser.ts';
import { BrowserEngine } from './engine/engines.ts';
import { isBusy, machineFacts } from './engine/machine.ts';
import { race } from './engine/race.ts';
import { median, significant, spread } from './engine/statistics.ts';
import { presetWork, type Work } from './engine/works.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '7' },
    write: { type: 'boolean', default: false },
  },
});

const preset = presetWork('fashion');
const plain = { ...preset.experiment, 'model.normD': 'none', 'ema.halfLife': 0 } as const;
const workOf = (name: string, change: Change): Work => ({ ...preset, name, experiment: { ...plain, ...change } });
const works = [workOf('plain', {}), ...Object.entries(optionsOf()).map(([name, change]) => workOf(name, change))];

const served = await serveSides();
const page = await SidesPage.open(served.address, 'none');
const machine = { ...machineFacts(), browser: page.version };
try {
  const engine = await BrowserEngine.start(page, 'ours', { backend: 'wasm', threads: Number(values.threads) });
  for (const work of works) await engine.build(work);
  const entrants = works.map((work) => ({ who: work.name, run: (steps: number) => engine.run(work, steps) }));
  const { times, failures } = await race(entrants, {
    rounds: Number(values.rounds),
    roundMs: 250,
    budgetMs: 10_000,
  });
  for (const { who, message } of failures) console.error(`FAILED: ${who}: ${message}`);
  const base = median(times.get('plain') ?? []);
  const rows = [...times].map(([what, ms]) => ({
    what,
    ms: significant(median(ms)),
    times: significant(median(ms) / base, 3),
    spread: significant(spread(ms), 2),
  }));
  console.log(
    JSON.stringify({ threads: engine.threads, rows, machine: { ...machine, busy: isBusy(machine) } }, null, 2),
  );
  if (values.write) writeFileSync(new URL('../src/config/costs.ts', import.meta.url), tableOf(rows));
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  await page.close();
  await served.close();
}

function tableOf(rows: readonly { readonly what: string; readonly times: number }[]): string {
  const lines = rows
    .filter(({ what }) => what !== 'plain')
    .map(({ what, times }) => `  '${what}': ${Number(times.toPrecision(2))},`);
  return [
    '/**',
    ' * Time of a step with a setting over that of a plain DCGAN without, by the path of the setting or of one of its options.',
    ' * Written by `npm run bench -- cost --write` (WASM, 2 threads, Fashion-MNIST, batch 64).',
    ' */',
    'export const costs: Readonly<Record<string, number>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}
