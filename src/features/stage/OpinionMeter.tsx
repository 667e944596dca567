import type { CSSProperties } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import type { Sheet } from '../../worker/protocol.ts';

/** D's figure for one image on its scale. */
export function OpinionMeter({ side, opinion }: { readonly side: Sheet['side']; readonly opinion: number }) {
  const { t, format } = useLocale();
  const name = t(side === 'generated' ? 'sheet.tip.generated' : 'sheet.tip.real');
  const words = t('inspector.meter', { name, d: format.fixed(opinion, 2) });
  const at = `${(opinion * 100).toFixed(1)}%`;
  return (
    <div>
      <div className="opinion-meter" style={{ '--at': at } as CSSProperties} role="img" aria-label={words} />
      <div className="scale-ends" aria-hidden="true">
        <span>{t('inspector.fake')}</span>
        <span className="strong">{words}</span>
        <span>{t('inspector.realEnd')}</span>
      </div>
    </div>
  );
}
