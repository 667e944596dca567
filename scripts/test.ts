/**
 * `npm test`: everything that must hold, in order, stopping at the first failure. One line for each step; the last line
 * is `N passed, N failed`, summed over Vitest and Playwright, where a step that fails without a test counts as one.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Totals } from './totals.ts';
import { playwrightTotals, vitestTotals } from './totals.ts';

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** How to read the report of a step that runs tests. */
  readonly report?: (json: unknown) => Totals;
  readonly minutes: number;
}

const reports = mkdtempSync(join(tmpdir(), 'duel-test-'));
const reportOf = (name: string) => join(reports, `${name}.json`);

/** Biome has no eye for NO_COLOR. */
const colors = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`;

const vitest = (name: string, project: string): Step => ({
  name,
  command: [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(name)}`,
  ],
  report: vitestTotals,
  minutes: 20,
});

const steps: readonly Step[] = [
  { name: 'kernels', command: ['node', 'scripts/build-kernels.mjs'], minutes: 5 },
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'], minutes: 5 },
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', colors, '.'], minutes: 5 },
  { name: 'arrows', command: ['tsx', 'scripts/check-arrows.ts'], minutes: 5 },
  vitest('unit', 'node'),
  { name: 'browser', command: ['tsx', 'scripts/browser.ts'], minutes: 20 },
  vitest('gpu', 'browser'),
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'], minutes: 5 },
  { name: 'size', command: ['tsx', 'scripts/size.ts'], minutes: 5 },
  { name: 'e2e', command: ['playwright', 'test', '--reporter=list,json'], report: playwrightTotals, minutes: 60 },
];

/** Milliseconds that a step told to stop has for ending its own browser and server. */
const grace = 15_000;

const env = {
  ...process.env,
  PATH: `${join(process.cwd(), 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
  PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf('e2e'),
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
};

/** Runs a command to its end; its output is kept back, to be shown only if it fails. */
function run({ command: [program, ...args], minutes }: Step): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32';
    const child = spawn(program, args, { env, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let force: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      output += `\nstopped after ${minutes} minutes\n`;
      child.kill(); // politely, so that it ends its own browser
      force = setTimeout(() => {
        child.kill('SIGKILL');
        // What it started may still hold its output open: its end is the end.
        child.stdout.destroy();
        child.stderr.destroy();
      }, grace);
    }, minutes * 60_000);
    const end = (ok: boolean) => {
      clearTimeout(timer);
      clearTimeout(force);
      resolve({ ok, output });
    };
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

function read({ name, report }: Step): Totals | undefined {
  if (!report) return undefined;
  try {
    return report(JSON.parse(readFileSync(reportOf(name), 'utf8')));
  } catch (error) {
    console.error(`${name} left no report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, faults: [] };
  }
}

let passed = 0;
let failed = 0;
for (const step of steps) {
  const began = performance.now();
  const { ok, output } = await run(step);
  const totals = read(step);
  const good = ok && (totals === undefined || totals.failed === 0);
  passed += totals?.passed ?? 0;
  failed += good ? 0 : Math.max(1, totals?.failed ?? 0);
  if (!good) console.log(output);
  for (const fault of totals?.faults ?? []) console.log(fault);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const tests = totals ? `  ${totals.passed} passed` : '';
  console.log(`${good ? 'ok    ' : 'FAILED'} ${step.name.padEnd(16)} ${seconds.padStart(7)} s${tests}`);
  if (!good) break;
}
rmSync(reports, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
