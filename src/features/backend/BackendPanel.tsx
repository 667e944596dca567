import { useId, useState } from 'react';
import type { BackendCandidate, BackendName, Verdict } from '../../config/backends.ts';
import type { Failure } from '../../config/errors.ts';
import { useLocale, useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { candidatesAfter } from './candidates.ts';
import { OneThread } from './OneThread.tsx';
import { runsOn } from './runsOn.ts';
import './backend.css';

/** There is no use in asking for these. */
const hopeless: readonly Verdict[] = ['absent', 'no-adapter'];

/** Which backend runs, why the others do not, and the choice of another. */
export function BackendPanel({ onPicked }: { readonly onPicked: () => void }) {
  const t = useT();
  const report = useDuel((state) => state.backend);
  const open = useDuel((state) => state.open);
  const chosen = report?.chosen;
  const [picked, setPicked] = useState<BackendName | undefined>(chosen);
  const group = useId();
  const use = (name?: BackendName) => {
    open(name);
    onPicked();
  };
  const failure = useDuel((state) => state.failure);
  const candidates = report?.candidates ?? candidatesAfter(failure);
  return (
    <>
      <h3>{t('backend.title')}</h3>
      {report && (
        <p>
          {t('backend.chosen', { name: t(`backend.${report.chosen}`), adapter: runsOn(t, report) })}{' '}
          {t(report.wanted ? 'backend.by.you' : 'backend.by.trial')}
        </p>
      )}
      {report?.wasm?.single && <OneThread why={report.wasm.single} />}
      <fieldset className="backend-list">
        <legend className="visually-hidden">{t('backend.pick')}</legend>
        {candidates.map((candidate) => (
          <label key={candidate.name} className="backend-row" data-chosen={candidate.name === chosen || undefined}>
            <input
              type="radio"
              name={group}
              checked={picked === candidate.name}
              disabled={hopeless.includes(candidate.verdict)}
              onChange={() => setPicked(candidate.name)}
            />
            <b>{t(`backend.${candidate.name}`)}</b>
            <span>
              <Said candidate={candidate} chosen={report !== undefined} failure={failure} />
              <Facts candidate={candidate} />
            </span>
            <Trial candidate={candidate} />
          </label>
        ))}
      </fieldset>
      <p className="caption">{t('backend.switch')}</p>
      <div className="backend-foot">
        <Button
          look="primary"
          reason={picked === undefined || picked === chosen ? t('backend.pick') : undefined}
          onClick={() => use(picked)}
        >
          {t('backend.use', { name: t(`backend.${picked ?? 'wasm'}`) })}
        </Button>
        <Button look="quiet" onClick={() => use()}>
          {t('backend.again')}
        </Button>
      </div>
    </>
  );
}

interface SaidProps {
  readonly candidate: BackendCandidate;
  /** Whether any backend was. */
  readonly chosen: boolean;
  readonly failure: Failure | undefined;
}

/** What became of it; where none was chosen, no more than the failure lets one say. */
function Said({ candidate: { verdict, selfTestError }, chosen, failure }: SaidProps) {
  const { t, format } = useLocale();
  if (!chosen && verdict === 'not-tried') {
    return t(failure?.code === 'backend-none' ? 'backend.refused' : 'backend.untried');
  }
  const off = verdict === 'self-test' && selfTestError !== undefined;
  return t(`verdict.${verdict}`) + (off ? t('backend.error', { error: format.figure(selfTestError) }) : '');
}

function Trial({ candidate: { trialMs } }: { readonly candidate: BackendCandidate }) {
  const { t, format } = useLocale();
  return (
    <span className="backend-trial">{trialMs !== undefined && t('backend.trial', { ms: format.figure(trialMs) })}</span>
  );
}

/** What the device is called, or what an exception said. */
function Facts({ candidate }: { readonly candidate: BackendCandidate }) {
  const t = useT();
  const text = [runsOn(t, candidate), candidate.message].filter(Boolean).join('. ').slice(0, 160);
  return text ? <span className="backend-facts">{text}</span> : null;
}
