import { lazy, Suspense } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { IfItFails } from '../../ui/IfItFails.tsx';
import { SignalsPlaceholder } from '../charts/SignalsPlaceholder.tsx';
import { fetchCharts } from './fetchCharts.ts';

const Signals = lazy(fetchCharts);

/** The charts from the first step on; before it their empty axes. */
export function SignalsColumn() {
  const begun = useDuel((state) => state.runState === 'training' || state.step > 0);
  if (!begun) return <SignalsPlaceholder />;
  return (
    <IfItFails fallback={<Sorry />}>
      <Suspense fallback={<SignalsPlaceholder />}>
        <Signals />
      </Suspense>
    </IfItFails>
  );
}

function Sorry() {
  const t = useT();
  return (
    <p className="signals-failed" role="status">
      {t('signals.failed')}
    </p>
  );
}
