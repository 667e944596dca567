import { isBackendName } from '../../config/backends.ts';
import type { Failure } from '../../config/errors.ts';
import { isPath } from '../../config/fields.ts';
import { en } from '../../i18n/en/index.ts';
import type { Key, Translate } from '../../i18n/i18n.ts';

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

/** A failure in the language shown. */
export function sentencesOf(t: Translate, { code, detail }: Failure): Sentences {
  const said = Object.entries(detail).map(([name, value]) => [name, named(t, name, String(value).slice(0, longest))]);
  const details = { ...unsaid, ...Object.fromEntries(said) };
  // The dictionary has all four for every code; which details a code comes with is its own business.
  const say = t as (key: string, details: Record<string, string>) => string;
  const part = (name: keyof Sentences) => say(`error.${code}.${name}`, details);
  return { title: part('title'), happened: part('happened'), kept: part('kept'), todo: part('todo') };
}
