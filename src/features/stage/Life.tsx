import { useEffect, useState } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import { useDuelStore } from '../../state/react.ts';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import { historyOf, noHistory } from './history.ts';
import { wholeCell } from './layout.ts';
import { SampleCanvas } from './SampleCanvas.tsx';

const shown = 8;

/** The same latent at steps that double: from noise to what it is now. */
export function Life({ index, height }: { readonly index: number; readonly height: number }) {
  const { t, format } = useLocale();
  const pixelRatio = usePixelRatio();
  const store = useDuelStore();
  const [history, setHistory] = useState(() => historyOf(noHistory, store.getState()));
  useEffect(() => store.subscribe((state) => setHistory((known) => historyOf(known, state))), [store]);
  const frames = history.frames.slice(-shown);
  const first = frames[0];
  if (!first) return null;
  const rows = height >= 140 ? 2 : 1;
  const cell = wholeCell(Math.min(56, (height - 24) / rows - 20), first.size, pixelRatio);
  return (
    <figure className="life">
      <figcaption className="caption">{t('life.title')}</figcaption>
      <ol style={{ gridTemplateColumns: `repeat(${Math.ceil(shown / rows)}, ${cell}px)` }}>
        {frames.map((sheet) => (
          <li key={sheet.step} className="caption">
            <SampleCanvas sheet={sheet} index={index} side={cell} />
            {format.count(sheet.step)}
          </li>
        ))}
      </ol>
    </figure>
  );
}
