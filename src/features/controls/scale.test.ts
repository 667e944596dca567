import { describe, expect, it } from 'vitest';
import type { SliderField } from '../../config/field.ts';
import { fieldOf, paths } from '../../config/fields.ts';
import { parseNumber, readNumber } from './number.ts';
import { decades, nudge, positionOf, snap, valueAt } from './scale.ts';

const sliders = paths.flatMap((path) => {
  const field = fieldOf(path);
  return field.kind === 'slider' ? [[path, field] as const] : [];
});
const sliderOf = (path: (typeof paths)[number]) => fieldOf(path) as SliderField;
const rate = sliderOf('g.lr');

describe('parseNumber', () => {
  it.each([
    ['2e-4', 2e-4],
    ['2E-4', 2e-4],
    [' .5 ', 0.5],
    ['1,240', 1240],
    ['1,000,000', 1_000_000],
    ['0,5', 0.5],
    ['1 000', 1000],
    ['０．５', 0.5],
    ['−3', -3],
    ['+7', 7],
  ])('%s is %d', (text, number) => expect(parseNumber(text)).toBe(number));

  it.each(['', 'abc', 'NaN', 'Infinity', '1e999', '0x10', '1,2,3', '2e', '--1', '1..2'])('%s is none', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe('readNumber', () => {
  const batch = sliderOf('train.batch');

  it('keeps what was there when the text is no number', () => {
    expect(readNumber(batch, 'many', 64)).toEqual({ value: 64, problem: 'notNumber' });
  });

  it('brings a number into range and says so', () => {
    expect(readNumber(batch, '1', 64)).toEqual({ value: 2, problem: 'tooSmall' });
    expect(readNumber(batch, '1e9', 64)).toEqual({ value: 256, problem: 'tooLarge' });
    expect(readNumber(batch, '31.6', 64)).toEqual({ value: 32, problem: 'whole' });
    expect(readNumber(rate, '2e-4', 1)).toEqual({ value: 2e-4 });
  });

  it('takes zero only where it means off', () => {
    expect(readNumber(sliderOf('train.limit'), '0', 100)).toEqual({ value: 0 });
    expect(readNumber(batch, '0', 64).problem).toBe('tooSmall');
  });
});

describe.each(sliders)('the slider of %s', (_, field) => {
  it('spans its range', () => {
    expect(valueAt(field, 0)).toBe(field.zeroIsOff ? 0 : field.min);
    expect(valueAt(field, 1)).toBe(field.max);
    expect(positionOf(field, field.max)).toBe(1);
  });

  it('comes back to the value of a position', () => {
    for (let p = 0; p <= 1; p += 0.05) {
      const value = valueAt(field, p);
      expect(valueAt(field, positionOf(field, value))).toBeCloseTo(value, 9);
    }
  });

  it('gets from one end to the other by the arrow keys, never standing still', () => {
    let value = field.zeroIsOff ? 0 : field.min;
    // Ten at once where a linear scale is long: the seed has a million values.
    const stride = field.scale === 'linear' ? Math.max(1, Math.round((field.max - field.min) / field.step / 100)) : 1;
    for (let i = 0; i < 400 && value < field.max; i++) {
      const next = nudge(field, value, stride);
      expect(next).toBeGreaterThan(value);
      value = next;
    }
    expect(value).toBe(field.max);
    for (let i = 0; i < 400 && value > (field.zeroIsOff ? 0 : field.min); i++) {
      const next = nudge(field, value, -stride);
      expect(next).toBeLessThan(value);
      value = next;
    }
    expect(value).toBe(field.zeroIsOff ? 0 : field.min);
  });
});

describe('log scales', () => {
  it('snap to two digits', () => expect(snap(rate, 0.000_123_4)).toBe(1.2e-4));

  it('mark their decades', () => {
    expect(decades(rate).map((mark) => mark.value)).toEqual([1e-5, 1e-4, 1e-3, 0.01, 0.1]);
    expect(decades(rate).map((mark) => mark.position)).toEqual(
      [0, 0.25, 0.5, 0.75, 1].map((p) => expect.closeTo(p, 9)),
    );
  });
});
