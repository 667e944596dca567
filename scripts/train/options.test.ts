import { describe, expect, test } from 'vitest';
import { experimentOf, presets } from '../../src/config/presets.ts';
import { parseOptions, UsageError, usage, wantsHelp } from './options.ts';

function refusal(...args: string[]): string {
  try {
    parseOptions(args);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.message;
    throw thrown;
  }
  throw new Error(`${args.join(' ')} was not refused`);
}

describe('the command line', () => {
  test('without anything is the default preset, 100 steps on WASM', () => {
    const [preset] = presets;
    if (!preset) throw new Error('no preset');
    expect(parseOptions([])).toEqual({
      preset: preset.id,
      experiment: experimentOf(preset),
      steps: 100,
      samples: 0,
      backend: 'wasm',
      out: 'out',
    });
  });

  test('seconds lift the usual limit of steps, not one that is given', () => {
    expect(parseOptions(['--seconds', '60'])).toMatchObject({ seconds: 60, steps: 10_000_000 });
    expect(parseOptions(['--seconds', '0.5', '--steps', '7'])).toMatchObject({ seconds: 0.5, steps: 7 });
  });

  test('threads and samples', () => {
    expect(parseOptions(['--threads', '2', '--samples', '2000'])).toMatchObject({ threads: 2, samples: 2000 });
  });

  test('help is asked for, whatever else is', () => {
    expect(wantsHelp(['--preset', 'nope', '--help'])).toBe(true);
    expect(wantsHelp(['--preset', 'tiny'])).toBe(false);
    for (const name of ['preset', 'steps', 'seconds', 'seed', 'backend', 'threads', 'samples', 'set', 'out']) {
      expect(usage).toContain(`--${name} `);
    }
  });

  test('sets what it says; the last word on a setting counts', () => {
    const options = parseOptions([
      ...['--preset', 'tiny', '--steps', '20', '--seed', '3', '--backend', 'cpu', '--out', 'there'],
      ...['--set', 'g.lr=1e-3', '--set', 'data.set=emoji', '--set', 'g.lr=2e-3'],
    ]);
    expect(options).toMatchObject({ preset: 'tiny', steps: 20, backend: 'cpu', out: 'there' });
    expect(options.experiment).toMatchObject({ 'train.seed': 3, 'g.lr': 2e-3, 'data.set': 'emoji', 'train.batch': 8 });
  });

  test.each<[string[], RegExp]>([
    [['--preset', 'nope'], /^no preset "nope"; there are fashion, /],
    [['--preset', '__proto__'], /no preset/],
    [['--preset'], /--preset/],
    [['--backend', 'webgpu'], /--backend wants wasm or cpu, not "webgpu"/],
    [['--backend', 'wasm2'], /wasm or cpu/],
    [['--steps', '0'], /--steps wants a whole number/],
    [['--steps', '-1'], /--steps/],
    [['--steps', '1.5'], /whole number/],
    [['--steps', '1e3'], /whole number/],
    [['--steps', 'NaN'], /whole number/],
    [['--steps', '99999999999'], /1 to 10000000/],
    [['--steps', ''], /whole number/],
    [['--seconds', '0'], /--seconds wants a number above 0 and up to 1000000, not "0"/],
    [['--seconds', '0.0'], /--seconds/],
    [['--seconds=-1'], /--seconds/],
    [['--seconds', 'Infinity'], /--seconds/],
    [['--seconds', '1e3'], /--seconds/],
    [['--seconds'], /--seconds/],
    [['--threads', '0'], /--threads wants a whole number from 1 to 64, not "0"/],
    [['--threads', '65'], /--threads/],
    [['--threads', '2', '--backend', 'cpu'], /--threads is for the WASM backend/],
    [['--samples', '0'], /--samples wants a whole number from 1 to 100000, not "0"/],
    [['--samples', '1.5'], /--samples/],
    [['--seed=-1'], /train\.seed cannot be "-1"; allowed: 0 to 999999, whole/],
    [['--seed', 'NaN'], /train\.seed cannot be "NaN"/],
    [['--seed', '1.5'], /train\.seed/],
    [['--seed', '0x10'], /train\.seed/],
    [['--seed', '1', '--set', 'train.seed=1'], /seed is given twice/],
    [['--set', 'g.momentum=0.9'], /g\.momentum/],
    [['--set', '__proto__=1'], /__proto__/],
    [['--set', 'g.lr=5'], /g\.lr cannot be "5"; allowed: 0\.00001 to 0\.1/],
    [['--set', 'g.lr=NaN'], /g\.lr cannot be "NaN"/],
    [['--set', 'g.lr=Infinity'], /g\.lr/],
    [['--set', 'g.lr=1e999'], /g\.lr/],
    [['--set', 'g.lr='], /g\.lr/],
    [['--set', 'g.lr'], /PATH=VALUE, not "g\.lr"/],
    [['--set', '=1'], /PATH=VALUE/],
    [['--set'], /--set/],
    [['--out'], /--out/],
    [['--stepz', '10'], /--stepz/],
    [['tiny'], /tiny/],
  ])('%j is refused with the reason', (args, reason) => {
    expect(refusal(...args)).toMatch(reason);
  });
});
