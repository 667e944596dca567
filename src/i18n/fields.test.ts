import { describe, expect, test } from 'vitest';
import { errorCodes } from '../config/errors.ts';
import { groups } from '../config/field.ts';
import { fieldOf, paths } from '../config/fields.ts';
import { en } from './en/index.ts';
import type { Message } from './message.ts';
import { zh } from './zh/index.ts';

const dictionaries: [string, Record<string, Message>][] = [
  ['en', en],
  ['zh', zh],
];

describe.each(dictionaries)('%s', (_language, texts) => {
  const says = (key: string) => {
    const text = texts[key];
    expect(typeof text === 'string' && text.trim(), key).toBeTruthy();
  };

  test.each(paths)('names and explains %s, its options and its unit', (path) => {
    for (const part of ['label', 'help', 'effect']) says(`field.${path}.${part}`);
    const field = fieldOf(path);
    if (field.kind === 'choice') for (const option of field.options) says(`option.${path}.${option}`);
    if (field.kind !== 'switch' && field.unit) says(`unit.${field.unit}`);
  });

  test('names every group', () => {
    for (const group of groups) says(`group.${group}`);
  });

  test.each(errorCodes)('says of %s what happened, what was kept and what to do', (code) => {
    for (const part of ['title', 'happened', 'kept', 'todo']) says(`error.${code}.${part}`);
  });
});
