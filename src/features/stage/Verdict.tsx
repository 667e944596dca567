import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { OpinionMeter } from './OpinionMeter.tsx';
import { distanceOf, verdictOf } from './sampleWords.ts';

interface Props {
  readonly sheet: Sheet;
  readonly index: number;
  /** Where it comes from, in the same line. */
  readonly origin?: string;
}

/** What D makes of an image; of a VAE, which asks nobody, how far the reconstruction is from its original. */
export function Verdict({ sheet, index, origin }: Props) {
  const { t, format } = useLocale();
  const loss = useDuel((state) => state.applied['objective.loss']);
  const from = origin && <span className="quiet"> {origin}</span>;
  if (sheet.paired) {
    return (
      <p>
        {t('inspector.distance', { distance: format.fixed(distanceOf(sheet, index), 1) })}
        {from}
      </p>
    );
  }
  const opinion = sheet.opinions[index];
  if (opinion === undefined) {
    return (
      <p>
        {t('inspector.prior')}
        {from}
      </p>
    );
  }
  return (
    <>
      <OpinionMeter side={sheet.side} opinion={opinion} />
      <p>
        {t(verdictOf(sheet, opinion, loss))}
        {from}
      </p>
    </>
  );
}
