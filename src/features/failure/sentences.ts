import { isBackendName } from '../../config/backends.ts';
import type { Failure } from '../../config/errors.ts';
import { fieldOf, isPath, type Path } from '../../config/fields.ts';
import { parseValue } from '../../config/validate.ts';
import { en } from '../../i18n/en/index.ts';
import type { Key, Translate } from '../../i18n/i18n.ts';
import { numberOf } from '../controls/words.ts';

export interface Sentences {
  readonly title: string;
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
}

/** A message from elsewhere may be any length. */
const longest = 300;

/** What the sentences may name. What a failure does not say stays a dash, never a slot. */
const unsaid = Object.fromEntries(
  [
    'backend',
    'reason',
    'set',
    'file',
    'setting',
    'value',
    'allowed',
    'part',
    'version',
    'preset',
    'known',
    'step',
    'message',
    'min',
    'max',
    'bytes',
    'most',
    'found',
    'skipped',
    'text',
  ].map((name) => [name, '–']),
);

/** Details come as paths and ids; a person reads names. */
function named(t: Translate, name: string, text: string): string {
  if (name === 'setting' && isPath(text)) return t(`field.${text}.label`);
  if (name === 'backend' && isBackendName(text)) return t(`backend.${text}`);
  const verdict = `verdict.${text}`;
  if (name === 'reason' && verdict in en) return t(verdict as Extract<Key, `verdict.${string}`>);
  return text;
}

/**
 * What a wrong setting may be, from the table rather than from the failure, whose `allowed` is in the command line's
 * English: which sentence says it, and its figures.
 */
function limitsOf(path: string, value: string): { reason?: string; min?: string; max?: string } {
  if (!isPath(path)) return { reason: 'unknown' };
  if (isAllowed(path, value)) return { reason: 'restart' };
  const field = fieldOf(path);
  if (field.kind !== 'slider') return {};
  const reason = `${field.integer ? 'wholeRange' : 'range'}${field.zeroIsOff ? 'OrOff' : ''}`;
  return { reason, min: numberOf(field, field.min), max: numberOf(field, field.max) };
}

/** A good value is refused only where it came too late: while a run goes on. */
function isAllowed(path: Path, value: string): boolean {
  try {
    parseValue(path, value);
    return true;
  } catch {
    return false;
  }
}

/** A failure in the language shown. */
export function sentencesOf(t: Translate, { code, detail }: Failure): Sentences {
  const limits = code === 'experiment-invalid' ? limitsOf(String(detail.setting), String(detail.value)) : {};
  const told = Object.entries({ ...detail, ...limits });
  const said = told.map(([name, value]) => [name, named(t, name, String(value).slice(0, longest))]);
  const details = { ...unsaid, ...Object.fromEntries(said) };
  // The dictionary has all four for every code; which details a code comes with is its own business.
  const say = t as (key: string, details: Record<string, string>) => string;
  const part = (name: keyof Sentences) => {
    const own = `error.${code}.${name}.${limits.reason ?? detail.reason}`;
    return say(own in en ? own : `error.${code}.${name}`, details);
  };
  return { title: part('title'), happened: part('happened'), kept: part('kept'), todo: part('todo') };
}
