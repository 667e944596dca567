import { describe, expect, it } from 'vitest';
import { presets } from '../config/presets.ts';
import { en } from './en/index.ts';
import { formatFor } from './format.ts';
import { type Message, slotsOf } from './message.ts';
import { zh } from './zh/index.ts';

const textsOf = (message: Message) => (typeof message === 'string' ? [message] : [message.one, message.other]);
const entries = Object.entries(en as Record<string, Message>);

describe('the dictionaries', () => {
  it('have the same slots in every language', () => {
    const slots = (message: Message) => [...new Set(textsOf(message).flatMap(slotsOf))].sort().join();
    const wrong = entries.filter(([key, message]) => slots(message) !== slots(zh[key as keyof typeof zh]));
    expect(wrong).toEqual([]);
    expect(entries.length).toBeGreaterThan(400);
  });

  it('name every preset and say what to expect', () => {
    for (const { id } of presets) expect(en).toHaveProperty([`preset.${id}.name`]);
    for (const { id } of presets) expect(en).toHaveProperty([`preset.${id}.expect`]);
  });

  it('set a space between Chinese and Latin letters or figures', () => {
    const glued = /[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/;
    const wrong = Object.entries(zh).filter(([, message]) => textsOf(message).some((text) => glued.test(text)));
    expect(wrong).toEqual([]);
  });
});

describe('format', () => {
  const { figure, setting, short, bytes, duration } = formatFor('en');

  it.each([
    [0.9519, '0.952'],
    [1.4206, '1.42'],
    [12.34, '12.3'],
    [915.4, '915'],
    [1240.4, '1,240'],
    [0, '0.000'],
    [0.00021, '2.1e-4'],
    [Number.NaN, 'NaN'],
    [-Math.LN2, '-0.693'],
  ])('figure %d is %s', (x, text) => expect(figure(x)).toBe(text));

  it.each([
    [2e-4, '2e-4'],
    [1.5e-3, '1.5e-3'],
    [0.01, '0.01'],
    [0.5, '0.5'],
    [0.9999, '0.9999'],
    [1_000_000, '1000000'],
    [0, '0'],
  ])('setting %d is %s', (x, text) => expect(setting(x)).toBe(text));

  it('shortens large figures', () => {
    expect(short(1_063_000)).toBe('1.06 M');
    expect(short(827_392)).toBe('827 k');
    expect(bytes(38_400_000)).toBe('38.4 MB');
    expect(duration(87.9)).toBe('1 min 27 s');
    expect(formatFor('zh').duration(3723)).toBe('1 小时 2 分');
  });
});
