import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';

/** Slow motion: whose turn it is and what it does to the picture. */
export function Phases() {
  const { t, format } = useLocale();
  const slow = useDuel((state) => state.slow);
  const phase = useDuel((state) => state.phase);
  const batch = useDuel((state) => state.applied['train.batch']);
  const lossD = useDuel((state) => state.latest.lossD);
  const lossG = useDuel((state) => state.latest.lossG);
  if (!slow) return null;
  const figure = (x: number | undefined) => (x === undefined ? '–' : format.figure(x));
  return (
    <ol className="plane-phases" aria-label={t('plane.phases')}>
      <li aria-current={phase === 'D' ? 'step' : undefined}>
        <i className="mark mark-judge" />
        <div>
          <b>{t('plane.phase.D')}</b>
          <span>{t('plane.phase.D.text', { n: batch, loss: figure(lossD) })}</span>
        </div>
      </li>
      <li aria-current={phase === 'G' ? 'step' : undefined}>
        <i className="mark mark-fake" />
        <div>
          <b>{t('plane.phase.G')}</b>
          <span>{t('plane.phase.G.text', { loss: figure(lossG) })}</span>
        </div>
      </li>
    </ol>
  );
}
