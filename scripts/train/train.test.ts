import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { experimentOf, presetOf, presets } from '../../src/config/presets.ts';
import { signals } from '../../src/config/signals.ts';

// Each test starts a process that trains.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'duel-train-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', script, ...args]);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const train = (out: string, ...args: string[]) => run('scripts/train.ts', ...args, '--out', join(folder, out));
const read = (...path: string[]) => readFileSync(join(folder, ...path));
const historyOf = (out: string) =>
  read(out, 'history.jsonl')
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number | null>);

describe('npm run train', () => {
  const tiny = ['--preset', 'tiny', '--steps', '12'];

  test('gives the same weights for the same seed, others for another', async () => {
    const results = await Promise.all([
      train('a', ...tiny, '--seed', '1'),
      train('b', ...tiny, '--seed', '1'),
      train('c', ...tiny, '--seed', '2'),
    ]);
    for (const { code, stderr } of results) expect(code, stderr).toBe(0);
    const lines = results.map(({ stdout }) => JSON.parse(stdout));
    const [a, b, c] = lines;
    const said = ['preset', 'backend', 'threads', 'seed', 'steps', 'seconds', 'lossD', 'lossG', 'weightsHash'];
    expect(Object.keys(a)).toEqual(said);
    expect(a).toMatchObject({ preset: 'tiny', backend: 'wasm', seed: 1, steps: 12 });
    expect(a.weightsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(b.weightsHash).toBe(a.weightsHash);
    expect(c.weightsHash).not.toBe(a.weightsHash);
    expect(historyOf('b')).toEqual(historyOf('a'));
    expect(historyOf('c')).not.toEqual(historyOf('a'));
  });

  test('leaves the curves, the settings and a sheet of samples', async () => {
    const { code, stdout } = await train('files', ...tiny, '--set', 'g.lr=1e-3');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const last = JSON.parse(stdout);

    const history = historyOf('files');
    expect(history.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    for (const row of history) {
      expect(Object.keys(row)).toEqual(['step', ...signals]);
      expect(Object.values(row).every(Number.isFinite)).toBe(true);
    }
    expect(history.at(-1)).toMatchObject({ lossD: last.lossD, lossG: last.lossG });

    const experiment = { ...experimentOf(presetOf('tiny')), 'g.lr': 1e-3 };
    const config = { preset: 'tiny', experiment, steps: 12, samples: 0, backend: 'wasm' };
    expect(JSON.parse(read('files', 'config.json').toString())).toEqual(config);

    const png = decode(read('files', 'samples.png'));
    // 8 x 8 samples of 16 px, doubled, with gaps of 2.
    expect([png.width, png.height]).toEqual([274, 274]);
    expect(new Set(png.data).size).toBeGreaterThan(20);
  });

  test('gives the same weights on one thread as on two, and asking for samples changes none', async () => {
    const [one, two, sampled] = await Promise.all([
      train('one', ...tiny, '--threads', '1'),
      train('two', ...tiny, '--threads', '2'),
      train('sampled', ...tiny, '--threads', '1', '--samples', '300'),
    ]);
    const lines = [one, two, sampled].map(({ stdout, stderr }) => {
      expect(stdout, stderr).not.toBe('');
      return JSON.parse(stdout);
    });
    expect(lines.map(({ threads }) => threads)).toEqual([1, 2, 1]);
    expect(new Set(lines.map(({ weightsHash }) => weightsHash)).size).toBe(1);
    expect(read('sampled', 'samples.png')).toEqual(read('one', 'samples.png'));
    expect(existsSync(join(folder, 'one', 'samples.npy'))).toBe(false);

    const bytes = read('sampled', 'samples.npy');
    const data = 10 + bytes.readUInt16LE(8);
    expect(bytes.subarray(10, data).toString()).toContain("'shape': (300, 16, 16, 1)");
    const values = Array.from({ length: 300 * 256 }, (_, i) => bytes.readFloatLE(data + 4 * i));
    expect(bytes.length).toBe(data + 4 * values.length);
    expect(values.every((value) => value >= -1 && value <= 1)).toBe(true);
    // No image comes twice: not within 256 that are drawn at once, nor across.
    const images = Array.from({ length: 300 }, (_, i) => values.slice(256 * i, 256 * (i + 1)).join());
    expect(new Set(images).size).toBe(300);
  });

  test('stops after the seconds that were given, and says how many steps that made', async () => {
    const { code, stdout, stderr } = await train('seconds', '--preset', 'tiny', '--seconds', '1');
    expect(code, stderr).toBe(0);
    const { steps, seconds } = JSON.parse(stdout);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(steps).toBeGreaterThan(0);
    expect(historyOf('seconds').map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
    expect(JSON.parse(read('seconds', 'config.json').toString())).toMatchObject({ seconds: 1 });
    const limited = await train('limited', ...tiny, '--seconds', '1000');
    expect(JSON.parse(limited.stdout).steps).toBe(12);
  });

  test('--help says what there is and trains nothing', async () => {
    const { code, stdout } = await train('help', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--seconds N');
    expect(existsSync(join(folder, 'help'))).toBe(false);
  });

  test('trains on the CPU backend too, to the same losses but for rounding', async () => {
    const args = ['--preset', 'tiny', '--steps', '4', '--set', 'model.widthG=4', '--set', 'model.widthD=4'];
    const [wasm, cpu] = await Promise.all([
      train('wasm', ...args),
      train('cpu', ...args, '--backend', 'cpu', '--set', 'train.batch=8'),
    ]);
    expect([wasm.code, cpu.code]).toEqual([0, 0]);
    expect(JSON.parse(cpu.stdout).backend).toBe('cpu');
    expect(JSON.parse(cpu.stdout).lossD).toBeCloseTo(JSON.parse(wasm.stdout).lossD, 4);
    expect(JSON.parse(cpu.stdout).lossG).toBeCloseTo(JSON.parse(wasm.stdout).lossG, 4);
  });

  test('ends with 1 where a number is not finite, and still leaves what it has', async () => {
    // Plain gradient descent at the highest rate on a wide net without norms.
    const rates = ['g.optimiser=sgd', 'd.optimiser=sgd', 'g.lr=0.1', 'd.lr=0.1', 'data.size=64', 'train.batch=8'];
    const sets = rates.flatMap((setting) => ['--set', setting]);
    const { code, stdout, stderr } = await train('nan', '--preset', 'mlp', '--steps', '200', ...sets);
    expect(code).toBe(1);
    expect(stderr).toContain('not finite');
    expect(JSON.parse(stdout).steps).toBeLessThan(200);
    expect(historyOf('nan').some((row) => Object.values(row).includes(null))).toBe(true);
    expect(existsSync(join(folder, 'nan', 'samples.png'))).toBe(true);
  });

  test.each([
    ['an unknown preset', ['--preset', 'nope'], 'no preset "nope"'],
    ['an unknown backend', ['--backend', 'nonsense'], '--backend wants wasm or cpu'],
    ['NaN', ['--set', 'g.lr=NaN'], 'g.lr cannot be "NaN"'],
    ['a missing value', ['--steps'], '--steps'],
    ['two seeds', ['--seed', '1', '--set', 'train.seed=2'], 'seed is given twice'],
  ])('ends with 2 for %s, the reason on stderr, nothing on stdout, no file written', async (what, args, reason) => {
    const { code, stdout, stderr } = await run('scripts/train.ts', '--out', join(folder, what), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('usage: npm run train');
    expect(stdout).toBe('');
    expect(existsSync(join(folder, what))).toBe(false);
  });
});

test.each([
  ['a file', 'taken'],
  ['below a file', join('taken', 'below')],
])('ends with 2 where --out is %s, which stays as it was', async (_, out) => {
  writeFileSync(join(folder, 'taken'), 'mine');
  const { code, stdout, stderr } = await train(out, '--preset', 'tiny', '--steps', '1');
  expect(code).toBe(2);
  expect(stderr).toContain('--out cannot be the folder');
  expect(stderr).not.toContain('    at ');
  expect(stdout).toBe('');
  expect(read('taken').toString()).toBe('mine');
});

test('npm run presets prints every preset as JSON', async () => {
  const { code, stdout } = await run('scripts/presets.ts');
  expect(code).toBe(0);
  const rows = JSON.parse(stdout);
  expect(rows.map(({ name }: { name: string }) => name)).toEqual(presets.map(({ id }) => id));
  for (const row of rows) expect(Object.keys(row)).toEqual(['name', 'dataSet', 'model', 'objective', 'expected']);
  expect(rows[0]).toMatchObject({ dataSet: 'fashion', model: 'dcgan', objective: 'nonSaturating', expected: 'stable' });
});
