import { en } from './en/index.ts';
import { type Format, formatFor } from './format.ts';
import { fill, type Message, type NamesOf } from './message.ts';
import { recall, remember } from './remember.ts';

/**
 * The page's texts. English is the dictionary that the types come from and is always there; others load when chosen.
 * A key, the names a text wants and the other languages' completeness are all checked by the compiler.
 */
type English = typeof en;
export type Key = keyof English;
export type Dictionary = Readonly<Record<Key, Message>>;

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** What stands in `<html lang>`; the script matters for Chinese, the region does not. */
export const htmlLanguage: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };

type Names<K extends Key> = NamesOf<English[K]>;
export type Fillings<K extends Key, Value> = [Names<K>] extends [never] ? [] : [Readonly<Record<Names<K>, Value>>];

/** `t('key')` or `t('key', { name: value })`. Numbers are written in the language's way. */
export type Translate = <K extends Key>(key: K, ...fillings: Fillings<K, string | number>) => string;

export interface Locale {
  readonly language: Language;
  readonly t: Translate;
  readonly format: Format;
  /** The raw text of a key, the form for `n` already chosen. For {@link ./react.tsx} to fill with elements. */
  readonly pick: (key: Key, n?: unknown) => string;
}

function localeOf(language: Language, dictionary: Dictionary): Locale {
  const format = formatFor(language);
  const plural = new Intl.PluralRules(language);
  const pick = (key: Key, n?: unknown) => {
    const message = dictionary[key];
    if (typeof message === 'string') return message;
    return typeof n === 'number' && plural.select(n) === 'one' ? message.one : message.other;
  };
  const t: Translate = (key, ...[fillings]) => {
    const values = Object.entries((fillings ?? {}) as Record<string, string | number>);
    const texts = values.map(([name, value]) => [name, typeof value === 'number' ? numberText(format, value) : value]);
    return fill(pick(key, (fillings as Record<string, unknown> | undefined)?.n), Object.fromEntries(texts));
  };
  return { language, t, format, pick };
}

export function numberText(format: Format, value: number): string {
  return Number.isInteger(value) ? format.count(value) : format.figure(value);
}

const loaders: Readonly<Record<Language, () => Promise<Dictionary>>> = {
  en: async () => en,
  zh: async () => (await import('./zh/index.ts')).zh,
};

let current = localeOf('en', en);
const listeners = new Set<() => void>();

export const currentLocale = (): Locale => current;

export function onLocale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Loads and shows a language. If its texts cannot be had, the page stays as it is and the promise rejects. */
export async function setLanguage(language: Language): Promise<void> {
  const dictionary = await loaders[language]();
  current = localeOf(language, dictionary);
  remember('language', language);
  document.documentElement.lang = htmlLanguage[language];
  for (const listener of listeners) listener();
}

/** The language chosen before, else the first of the browser's that we have, else English. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  const known = [recall('language'), ...wanted].map((tag) => languages.find((language) => tag?.startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}

/** Shows the preferred language without remembering it: only a choice is remembered. */
export async function startLanguage(): Promise<void> {
  const language = preferredLanguage();
  try {
    current = localeOf(language, await loaders[language]());
    document.documentElement.lang = htmlLanguage[language];
  } catch {
    document.documentElement.lang = htmlLanguage.en;
  }
}
