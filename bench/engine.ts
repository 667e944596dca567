/**
 * `npm run bench [-- --quick] [--json FILE] ...`: the engine against its peers, in one run and by turns; `--help` lists the
 * options.
 *
 * Each work is timed in rounds; in a round every engine has its turn, so that whatever else the machine does falls on all
 * alike. Figures are medians over the rounds; the spread is the range over the median. Ours is `Session.advance` on noise
 * with the worker's own beat of readbacks, in a worker of a cross-origin isolated page built as for release. The peers:
 *
 * - `stock tfjs`: a layers model with tfjs's own Adam on the same backend, one thread. On WASM it has a filter gradient
 *   composed of stock kernels, since it cannot train a convnet otherwise (tfjs #8474). Its matMul there is XNNPACK's.
 * - `PyTorch` and `numpy`: on the CPU, with as many threads as ours; PyTorch with OPENBLAS_NUM_THREADS=1. The first of
 *   `DUEL_PYTHON`, `python3` and `/usr/bin/python3` that has the module; one with the slow reference BLAS is named so.
 * - `jax-js`: its WASM backend, on all cores, compiled by `jit`.
 * - `WASM GEMM ceiling`, `SGEMM limit`: the step's FLOPs at the rate of the fastest of our products on one thread, times the
 *   threads, and at that of numpy's fastest on as many threads. The ratio is the share that the step reaches. Products with
 *   padding do not count, although whoever computes a convolution as one product makes them.
 * - `its FLOPs at the pace of batch 64`: what the step would take if time followed the operations alone.
 *
 * The JSON is one object: `rows` {work, backend, batch, threads, ours_ms, peer, peer_ms, ratio, spread, rounds, peer_rounds,
 * peer_spread}, `counts` {work, backend, batch, engine, dispatches, submits, bytes, written, record_ms}, `targets`, `missing`,
 * `failures`, `engines` and `machine`; bench/engine/report.ts explains each field. Exits with 1 where ours or a peer broke,
 * which is then named; what is not to be had here is said to be missing.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { SidesPage, serveSides } from './engine/browser.ts';
import { Crew } from './engine/crew.ts';
import { isBusy, machineFacts } from './engine/machine.ts';
import type { Run } from './engine/measure.ts';
import { type Options, parseOptions, UsageError, usage } from './engine/options.ts';
import { onGpuParts, partRuns } from './engine/parts.ts';
import { messageOf } from './engine/race.ts';
import { emptyReport, type Report } from './engine/report.ts';
import { countsTable, rowsTable, targetsTable } from './engine/table.ts';
import { judge, targets } from './engine/targets.ts';

const began = performance.now();
const seconds = () => `${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s`;
const say = (text: string) => console.error(`${seconds()}  ${text}`);

/** @returns the browser's version */
async function measure(options: Options, report: Report): Promise<string> {
  say('building');
  const kernels = spawnSync(process.execPath, ['scripts/build-kernels.mjs'], { stdio: 'inherit' });
  if (kernels.status !== 0) throw new Error('the kernels do not build');
  const served = await serveSides();
  let version = '';
  try {
    const { rounds } = options;
    const rules = options.quick
      ? { rounds, roundMs: 250, budgetMs: 5_000, raceMs: 11_000 }
      : { rounds, roundMs: 400, budgetMs: 180_000 };
    const limits: Run['limits'] = { sgemm: new Map() };
    for (const gpu of ['none', options.gpu] as const) {
      const parts = options.parts.filter((part) => onGpuParts.includes(part) === (gpu !== 'none'));
      if (parts.length === 0) continue;
      const page = await SidesPage.open(served.address, gpu);
      version = page.version;
      const crew = new Crew(page, options.peers, gpu === 'hardware', report);
      try {
        for (const part of parts) {
          try {
            await partRuns[part]({ options, rules, crew, report, limits, say });
          } catch (thrown) {
            // What the other parts measure is not lost to it.
            report.failures.push({ who: `part ${part}`, message: messageOf(thrown) });
          }
        }
      } finally {
        await crew.close();
      }
    }
  } finally {
    await served.close();
  }
  return version;
}

/** The JSON holds the rest: where in the worker it was thrown. */
const inShort = (message: string) => message.split('\n', 1)[0]?.replace(/^page\.evaluate: (Error: )*/, '') ?? '';

async function main(options: Options): Promise<number> {
  const report = emptyReport();
  const facts = machineFacts();
  const version = await measure(options, report);
  const inSoftware = options.gpu === 'software';
  const verdicts = judge(
    report,
    targets.filter(({ software }) => inSoftware || !software),
  );
  const machine = {
    ...facts,
    browser: version,
    busy: isBusy(facts),
    seconds: Math.round((performance.now() - began) / 1000),
  };
  console.log(`${rowsTable(report)}\n`);
  if (report.counts.length > 0) console.log(`${countsTable(report)}\n`);
  console.log(`${targetsTable(verdicts)}\n`);
  console.log(
    `${Object.entries(machine)
      .map(([key, value]) => `${key}: ${value}`)
      .join('; ')}`,
  );
  for (const [who, about] of Object.entries(report.engines)) console.log(`${who}: ${about}`);
  if (machine.busy) console.log(`other work had load ${facts.load} when this began: no figure here is to be relied on`);
  for (const what of report.missing) console.log(`missing: ${what}`);
  for (const { who, message } of report.failures) console.error(`FAILED: ${who}: ${inShort(message)}`);
  if (options.json) {
    const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`;
    writeFileSync(options.json, `${JSON.stringify({ command, machine, ...report, targets: verdicts }, null, 2)}\n`);
  }
  return report.failures.length > 0 ? 1 : 0;
}

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) console.log(usage);
  else process.exitCode = await main(parseOptions(args));
} catch (thrown) {
  if (thrown instanceof UsageError) console.error(`${thrown.message}\n${usage}`);
  else console.error(thrown);
  process.exitCode = thrown instanceof UsageError ? 2 : 1;
}
