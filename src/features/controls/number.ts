import type { SliderField } from '../../config/field.ts';

/** Why a typed number was not taken as it stood. */
export type Problem = 'notNumber' | 'tooSmall' | 'tooLarge' | 'whole';

export interface Reading {
  /** What the setting becomes. */
  readonly value: number;
  readonly problem?: Problem;
}

const fullWidth = /[\uff0b-\uff0e\uff10-\uff19\uff25\uff45]/g;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A number as people type it: 2e-4, .5, 1,240, 0,5 (a comma that groups nothing is a decimal point), full-width digits.
 * @returns undefined where it is none
 */
export function parseNumber(text: string): number | undefined {
  const narrow = text.replace(fullWidth, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const tight = narrow.replace(/[\s_\u00a0\u202f]/g, '').replace('\u2212', '-');
  const pointed = grouped.test(tight) ? tight.replaceAll(',', '') : tight.replace(',', '.');
  if (!plain.test(pointed)) return undefined;
  const number = Number(pointed);
  return Number.isFinite(number) ? number : undefined;
}

/** Reads what was typed into a setting's box and brings it into range. */
export function readNumber(field: SliderField, text: string, now: number): Reading {
  const number = parseNumber(text);
  if (number === undefined) return { value: now, problem: 'notNumber' };
  if (field.zeroIsOff && number === 0) return { value: 0 };
  if (number < field.min) return { value: field.min, problem: 'tooSmall' };
  if (number > field.max) return { value: field.max, problem: 'tooLarge' };
  if (field.integer && !Number.isInteger(number)) return { value: Math.round(number), problem: 'whole' };
  return { value: number };
}
