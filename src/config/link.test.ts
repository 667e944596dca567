import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DuelError } from './errors.ts';
import { difference, type Experiment } from './experiment.ts';
import { fieldOf, type Path, paths } from './fields.ts';
import { openLink, parseLink, toLink } from './link.ts';
import { defaultPreset, experimentOf, presetOf, presets } from './presets.ts';
import { checkExperiment } from './validate.ts';

/** Any value that a setting allows. */
function allowedValue(path: Path): fc.Arbitrary<unknown> {
  const field = fieldOf(path);
  switch (field.kind) {
    case 'slider': {
      const { min, max, integer, zeroIsOff } = field;
      const within = integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
      // -0 is 0 to everyone but Object.is.
      const plain = within.map((value) => value + 0);
      return zeroIsOff ? fc.oneof(fc.constant(0), plain) : plain;
    }
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'switch':
      return fc.boolean();
  }
}

const anyExperiment = fc.record(Object.fromEntries(paths.map((path) => [path, allowedValue(path)]))) as fc.Arbitrary<
  Record<string, unknown>
> as unknown as fc.Arbitrary<Experiment>;
const anyPreset = fc.constantFrom(...presets);

describe('a link', () => {
  test('gives back any experiment exactly', () => {
    fc.assert(
      fc.property(anyPreset, anyExperiment, (preset, experiment) => {
        const opened = parseLink(`#${toLink(preset, experiment)}`);
        expect(opened.experiment).toEqual(experiment);
        expect(opened.preset).toBe(preset);
      }),
      { numRuns: 500 },
    );
  });

  test('holds the version, the preset and only what differs from it', () => {
    fc.assert(
      fc.property(anyPreset, fc.subarray(paths), anyExperiment, (preset, changed, other) => {
        const base = experimentOf(preset);
        const experiment = { ...base, ...Object.fromEntries(changed.map((path) => [path, other[path]])) } as Experiment;
        const link = toLink(preset, experiment);
        const expected = Object.keys(difference(base, experiment));
        const names = [...new URLSearchParams(link).keys()];
        const empty = preset === defaultPreset && expected.length === 0;
        expect(names).toEqual(empty ? [] : ['v', 'preset', ...expected]);
      }),
      { numRuns: 300 },
    );
  });

  test('the whole default is the empty link', () => {
    expect(toLink(defaultPreset, experimentOf(defaultPreset))).toBe('');
    for (const hash of ['', '#']) {
      expect(openLink(hash)).toEqual({ preset: defaultPreset, experiment: experimentOf(defaultPreset) });
    }
  });

  test('every preset is its name', () => {
    for (const preset of presets.slice(1)) {
      expect(toLink(preset, experimentOf(preset))).toBe(`v=1&preset=${preset.id}`);
    }
  });

  test('a written one: v=1&preset=tiny&g.lr=1e-3', () => {
    const { preset, experiment, failure } = openLink('#v=1&preset=tiny&g.lr=1e-3');
    expect(failure).toBeUndefined();
    expect(preset.id).toBe('tiny');
    expect(experiment).toEqual({ ...experimentOf(presetOf('tiny')), 'g.lr': 1e-3 });
  });

  test('without a preset it is the default', () => {
    expect(openLink('v=1&train.seed=9').experiment).toEqual({ ...experimentOf(defaultPreset), 'train.seed': 9 });
  });
});

describe('a bad link', () => {
  test.each([
    ['NaN', '#v=1&g.lr=NaN', 'experiment-invalid'],
    ['infinity', '#v=1&g.lr=Infinity', 'experiment-invalid'],
    ['beyond all numbers', '#v=1&train.limit=1e999', 'experiment-invalid'],
    ['out of range', '#v=1&train.batch=100000', 'experiment-invalid'],
    ['below range', '#v=1&train.batch=-1', 'experiment-invalid'],
    ['not whole', '#v=1&train.seed=1.5', 'experiment-invalid'],
    ['no such option', '#v=1&data.set=faces', 'experiment-invalid'],
    ['empty value', '#v=1&g.lr=', 'experiment-invalid'],
    ['no value', '#v=1&g.lr', 'experiment-invalid'],
    ['prototype', '#v=1&__proto__=1', 'link-invalid'],
    ['constructor', '#v=1&constructor=1&g.lr=1e-3', 'link-invalid'],
    ['prototype path', '#v=1&__proto__.polluted=1', 'link-invalid'],
    ['same key twice', '#v=1&g.lr=1e-3&g.lr=1e-2', 'link-invalid'],
    ['version twice', '#v=1&v=1', 'link-invalid'],
    ['unknown key', '#v=1&g.momentum=0.9', 'link-invalid'],
    ['encoded unknown key', '#v=1&%67%2Elrr=1', 'link-invalid'],
    ['a script', '#v=1&<script>alert(1)</script>=1', 'link-invalid'],
    ['other version', '#v=2&g.lr=1e-3', 'link-version'],
    ['version in other digits', '#v=01', 'link-version'],
    ['no version', '#g.lr=1e-3', 'link-version'],
    ['a section of a page', '#stage', 'link-version'],
    ['unknown preset', '#v=1&preset=nope', 'preset-unknown'],
    ['empty preset', '#v=1&preset=', 'preset-unknown'],
    ['preset of every object', '#v=1&preset=__proto__', 'preset-unknown'],
    ['broken percent', '#v=1&g.lr=%', 'experiment-invalid'],
    ['broken percent pair', '#v=1&%zz=%E0%A4%A', 'link-invalid'],
    ['invalid UTF-8', '#v=1&%ff%fe=1', 'link-invalid'],
    ['null bytes', '#v=1&g.lr=%00', 'experiment-invalid'],
    ['long', `#v=1&${'g.lr=1e-3&'.repeat(10_000)}`, 'link-invalid'],
    ['long value', `#v=1&g.lr=${'9'.repeat(3000)}`, 'experiment-invalid'],
  ])('%s is named and the default is opened', (_what, hash, code) => {
    const opened = openLink(hash);
    expect(opened.failure?.code).toBe(code);
    expect(opened.preset).toBe(defaultPreset);
    expect(opened.experiment).toEqual(experimentOf(defaultPreset));
    const { known: _, ...theirs } = opened.failure?.detail ?? {};
    for (const value of Object.values(theirs)) expect(String(value).length).toBeLessThan(200);
  });

  test.each([
    ['unknown', '#v=1&g.momentum=0.9', { reason: 'unknown', part: 'g.momentum' }],
    ['twice', '#v=1&g.lr=1e-3&g.lr=1e-2', { reason: 'twice', part: 'g.lr' }],
    ['too long', `#v=1&g.lr=${'9'.repeat(4990)}`, { reason: 'long', part: '4999' }],
  ])('%s: the failure says which part and why', (_what, hash, detail) => {
    expect(openLink(hash).failure).toEqual({ code: 'link-invalid', detail });
  });

  test('an encoded key is the key', () => {
    expect(openLink('#%76=1&%67%2E%6c%72=%31e-3').experiment['g.lr']).toBe(1e-3);
  });

  test('nothing reaches the prototype of all objects', () => {
    openLink('#v=1&__proto__=1&__proto__.polluted=1&constructor.prototype.polluted=1');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('20,000 hostile ones never throw and never give an invalid experiment', () => {
    const key = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...paths) },
      fc.constantFrom('v', 'preset', '__proto__', 'constructor', '', 'g', '%', '%67.lr', 'v%00'),
      fc.string({ maxLength: 12 }),
    );
    const numbers = ['NaN', 'Infinity', '-Infinity', '1e999', '-0', '0', '1', '1e-3', '0x10', '1e', '9'.repeat(400)];
    const value = fc.oneof(
      fc.constantFrom(...numbers, 'true', 'null', 'fashion', 'tiny', '__proto__', '%', '%ff', '%E0%A4', '\u0000'),
      fc.double().map(String),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const pair = fc.tuple(key, value, fc.constantFrom('=', '=', '=', '', '==', '%3D'));
    const joined = (pairs: [string, string, string][], glue: string) =>
      pairs.map(([name, text, sign]) => name + sign + text).join(glue);
    const start = fc.constantFrom(
      '#v=1&',
      '#v=1&',
      '#v=1&preset=tiny&',
      '#v=1&preset=nope&',
      '#',
      '',
      '##v=1&',
      '#v=2&',
    );
    const built = fc
      .tuple(start, fc.array(pair, { maxLength: 6 }), fc.constantFrom('&', '&', '&', ';', '&&', '\n'))
      .map(([head, pairs, glue]) => head + joined(pairs, glue));
    const foreseen = new Set(['link-invalid', 'link-version', 'preset-unknown', 'experiment-invalid']);
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: built }, fc.string({ unit: 'binary' })), (hash) => {
        const { experiment, preset, failure } = openLink(hash);
        if (!failure) {
          good++;
          checkExperiment(experiment);
          return true;
        }
        bad++;
        return foreseen.has(failure.code) && preset === defaultPreset;
      }),
      { numRuns: 20_000 },
    );
    // The fuzz is worth something only if it meets both kinds.
    expect(good).toBeGreaterThan(200);
    expect(bad).toBeGreaterThan(10_000);
  }, 120_000);

  test('the strict reader throws the same names', () => {
    expect(() => parseLink('#v=9')).toThrow(DuelError);
  });
});
