import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DuelError } from './errors.ts';
import { initialExperiment } from './experiment.ts';
import { fieldOf, type Path, paths } from './fields.ts';
import { allowed, checkExperiment, checkValue, isValid, parseValue } from './validate.ts';

function thrownBy(run: () => unknown): DuelError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof DuelError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

const sliders = paths.filter((path) => fieldOf(path).kind === 'slider');
const rangeOf = (path: Path) => {
  const field = fieldOf(path);
  if (field.kind !== 'slider') throw new Error(`${path} is no slider`);
  return field;
};

describe('values', () => {
  test.each(sliders)('%s: both ends are in, what lies beyond is out', (path) => {
    const { min, max, step, zeroIsOff } = rangeOf(path);
    expect(isValid(path, min)).toBe(true);
    expect(isValid(path, max)).toBe(true);
    expect(isValid(path, max + step)).toBe(false);
    if (min - step !== 0 || !zeroIsOff) expect(isValid(path, min - step)).toBe(false);
    expect(isValid(path, 0)).toBe(zeroIsOff === true || min === 0);
  });

  test.each(sliders.filter((path) => rangeOf(path).integer))('%s: is whole', (path) => {
    expect(isValid(path, rangeOf(path).min + 0.5)).toBe(false);
  });

  test.each(paths)('%s: refuses what is no value at all', (path) => {
    const nothings = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '', 'NaN', null, undefined];
    for (const value of [...nothings, {}, [], [fieldOf(path).initial], 1n, Symbol.iterator]) {
      expect(isValid(path, value)).toBe(false);
    }
  });

  test('a number written as a word is not a number', () => {
    expect(isValid('g.lr', '0.001')).toBe(false);
    expect(isValid('data.size', '28')).toBe(false);
    expect(isValid('data.size', 28)).toBe(true);
    expect(isValid('data.size', 29)).toBe(false);
  });

  test('the message names the setting, a bounded part of the value, and what is allowed', () => {
    const { code, detail } = thrownBy(() => checkValue('g.lr', 'x'.repeat(1000)));
    expect(code).toBe('experiment-invalid');
    expect(detail).toEqual({ setting: 'g.lr', value: 'x'.repeat(60), allowed: '0.00001 to 0.1' });
    expect(allowed('ema.halfLife')).toBe('0, 1 to 10000, whole');
    expect(allowed('data.size')).toBe('16, 28, 32, 64');
  });

  test('an unknown setting is named and bounded too', () => {
    const { code, detail } = thrownBy(() => checkValue('y'.repeat(1000), 1));
    expect(code).toBe('experiment-invalid');
    expect(detail.setting).toBe('y'.repeat(60));
  });
});

describe('values in text', () => {
  test.each<[Path, string, unknown]>([
    ['g.lr', '0.001', 1e-3],
    ['g.lr', '1e-3', 1e-3],
    ['g.lr', '.01', 0.01],
    ['g.lr', '+1E-2', 0.01],
    ['train.batch', '64', 64],
    ['data.size', '32', 32],
    ['data.set', 'emoji', 'emoji'],
    ['ema.halfLife', '0', 0],
  ])('%s=%s', (path, text, value) => expect(parseValue(path, text)).toEqual({ path, value }));

  test.each<[Path, string]>([
    ['g.lr', 'NaN'],
    ['g.lr', 'Infinity'],
    ['g.lr', '1e999'],
    ['g.lr', '-1e-3'],
    ['g.lr', '0x1'],
    ['g.lr', '1e-3;'],
    ['g.lr', ' 0.001'],
    ['g.lr', '1_0'],
    ['g.lr', ''],
    ['train.batch', '63.5'],
    ['train.batch', '1'],
    ['data.size', '0x1c'],
    ['data.size', '28px'],
    ['data.set', 'Fashion'],
    ['data.set', '__proto__'],
  ])('%s=%s is refused', (path, text) => {
    expect(thrownBy(() => parseValue(path, text)).code).toBe('experiment-invalid');
  });

  test('any text at all gives a valid value or the named error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.string(), (path, text) => {
        try {
          return isValid(path, parseValue(path, text).value);
        } catch (thrown) {
          return thrown instanceof DuelError && thrown.code === 'experiment-invalid';
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('whole experiments', () => {
  test('a whole one passes, as a copy', () => {
    const checked = checkExperiment(initialExperiment);
    expect(checked).toEqual(initialExperiment);
    expect(checked).not.toBe(initialExperiment);
  });

  const { 'g.lr': _, ...withoutRate } = initialExperiment;
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', [initialExperiment]],
    ['a word', 'fashion'],
    ['a missing setting', withoutRate],
    ['an unknown setting', { ...initialExperiment, 'g.momentum': 0.9 }],
    ['a value out of range', { ...initialExperiment, 'train.batch': 0 }],
    ['NaN', { ...initialExperiment, 'd.lr': Number.NaN }],
    ['a key of every object', JSON.parse(`{"__proto__": 1, ${JSON.stringify(initialExperiment).slice(1)}`)],
  ])('%s is refused', (_what, input) => {
    expect(thrownBy(() => checkExperiment(input)).code).toBe('experiment-invalid');
  });
});
