import { useFormat, useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { FailureCard } from './FailureCard.tsx';

/** Over the stage while there is nothing on it yet, or nothing more to come. */
export function StateCard() {
  const failed = useDuel((state) => state.runState === 'failed');
  const preparing = useDuel((state) => state.runState === 'preparing');
  if (failed) {
    return (
      <div className="stage-over">
        <FailureCard />
      </div>
    );
  }
  return preparing ? (
    <div className="stage-over stage-over-late">
      <LoadingCard />
    </div>
  ) : null;
}

function LoadingCard() {
  const t = useT();
  const format = useFormat();
  const loading = useDuel((state) => state.loading);
  const chosen = useDuel((state) => state.backend !== undefined);
  const set = useDuel((state) => state.applied['data.set']);
  if (!chosen) {
    return (
      <section className="state-card" aria-busy="true">
        <h2>{t('loading.backend')}</h2>
        <p>{t('loading.backend.text')}</p>
        <progress className="progress" aria-label={t('loading.backend')} />
        <WhenReady />
      </section>
    );
  }
  const share = loading && loading.total > 0 ? loading.loaded / loading.total : undefined;
  const title = loading && share !== 1 ? t('loading.data', { set: t(`option.data.set.${set}`) }) : t('loading.build');
  return (
    <section className="state-card" aria-busy="true">
      <h2>{title}</h2>
      <progress className="progress" aria-label={title} {...(share === undefined ? {} : { value: share })} max={1} />
      {loading && share !== undefined && (
        <div className="progress-line">
          <span>
            {t('loading.bytes', { loaded: format.bytes(loading.loaded), total: format.bytes(loading.total) })}
          </span>
          <span>{format.percent(share)}</span>
        </div>
      )}
      <WhenReady />
    </section>
  );
}

/** That Train was pressed is not lost. */
function WhenReady() {
  const t = useT();
  const queued = useDuel((state) => state.queued === 'train');
  return <div role="status">{queued && <p>{t('run.whenReady')}</p>}</div>;
}
