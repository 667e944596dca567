import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import type { Format } from './format.ts';
import { currentLocale, type Fillings, type Key, type Locale, numberText, onLocale, type Translate } from './i18n.ts';
import { cut } from './message.ts';

/** The language shown; whoever calls this draws again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(onLocale, currentLocale);
}

export function useT(): Translate {
  return useLocale().t;
}

export function useFormat(): Format {
  return useLocale().format;
}

type Rich = <K extends Key>(key: K, ...fillings: Fillings<K, ReactNode>) => ReactNode;

/** Like `t`, for texts with elements in their slots: `rich('status.step', { n: <b>12</b> })`. */
export function useRich(): Rich {
  const { pick, format } = useLocale();
  return (key, ...[fillings]) => {
    const nodes = (fillings ?? {}) as Record<string, ReactNode>;
    return cut(pick(key, nodes.n)).map((part, i) => {
      if (i % 2 === 0) return part;
      const node = nodes[part];
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      return <Fragment key={i}>{typeof node === 'number' ? numberText(format, node) : node}</Fragment>;
    });
  };
}
