import Maximize2 from 'lucide-react/icons/maximize-2';
import X from 'lucide-react/icons/x';
import { useFormat, useT } from '../../i18n/react.tsx';
import { setSmoothing, useView } from './view.ts';

interface Props {
  /** Shown in place of the word for smoothing, while a cursor stands. */
  readonly onLive?: (() => void) | undefined;
  readonly full?: boolean;
  /** Absent while there is nothing to enlarge. */
  readonly onFull?: (() => void) | undefined;
}

/** The head of the charts. Without recharts, so that it stands before they have loaded. */
export function SignalsHead({ onLive, full = false, onFull }: Props) {
  const t = useT();
  const format = useFormat();
  const smoothing = useView((view) => view.smoothing);
  return (
    <header className="signals-head">
      <h2>{t('charts.title')}</h2>
      {onLive && (
        <button type="button" className="signals-live" onClick={onLive}>
          {t('charts.live')}
        </button>
      )}
      <label className="signals-smoothing">
        <span className={onLive ? 'signals-hidden' : undefined}>{t('charts.smoothing')}</span>
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={smoothing}
          aria-valuetext={format.fixed(smoothing, 2)}
          onChange={(event) => setSmoothing(event.target.valueAsNumber)}
        />
        <b aria-hidden="true">{format.fixed(smoothing, 2)}</b>
      </label>
      {onFull ? (
        <button
          type="button"
          className="signals-full"
          aria-label={t(full ? 'charts.close' : 'charts.full')}
          onClick={onFull}
        >
          {full ? <X size={16} aria-hidden /> : <Maximize2 size={14} aria-hidden />}
        </button>
      ) : (
        <i className="signals-full" />
      )}
    </header>
  );
}
