import { useMemo } from 'react';
import './charts.css';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { SignalsHead } from './SignalsHead.tsx';
import { StripHead } from './StripHead.tsx';
import { stripsOf } from './strips.ts';

/** What stands where the charts will: the same heads and axes, and a line that says when they fill. No recharts. */
export function SignalsPlaceholder() {
  const t = useT();
  return (
    <section className="signals-panel" aria-label={t('charts.title')}>
      <SignalsHead />
      <EmptyStrips />
    </section>
  );
}

export function EmptyStrips() {
  const t = useT();
  const applied = useDuel((state) => state.applied);
  const strips = useMemo(() => stripsOf(applied), [applied]);
  return (
    <div className="strips">
      {strips.map((spec, i) => (
        <div key={spec.id} className="strip">
          <StripHead spec={spec} figures={[]} />
          <div className="strip-plot strip-empty">
            <i />
            {i === 0 && <p>{t('charts.empty')}</p>}
          </div>
        </div>
      ))}
      <div className="strip-steps">
        <span className="strip-steps-name">{t('charts.step')}</span>
      </div>
    </div>
  );
}
