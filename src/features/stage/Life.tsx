import { useEffect, useState } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import { useDuelStore } from '../../state/react.ts';
import { historyOf, noHistory } from './history.ts';
import { type Shape, Strip } from './Strip.tsx';

/** The same latent at steps that double: from noise to what it is now. */
export function Life({ index, ...shape }: Shape & { readonly index: number }) {
  const { t, format } = useLocale();
  const store = useDuelStore();
  const [history, setHistory] = useState(() => historyOf(noHistory, store.getState()));
  useEffect(() => store.subscribe((state) => setHistory((known) => historyOf(known, state))), [store]);
  const { frames } = history;
  const room = shape.columns * shape.rows;
  const [first, ...later] = frames;
  if (!first) return null;
  // The beginning and the latest: what lies between is told by either.
  const shown = [first, ...later.slice(-(room - 1))];
  const items = shown.map((sheet) => ({ key: sheet.step, sheet, index, word: format.count(sheet.step) }));
  return <Strip title={t('life.title')} items={items} {...shape} />;
}
