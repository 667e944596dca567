import { Component, lazy, type ReactNode, Suspense } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { SignalsPlaceholder } from '../charts/SignalsPlaceholder.tsx';
import { fetchCharts } from './fetchCharts.ts';

const Signals = lazy(fetchCharts);

/** The charts from the first step on; before it their empty axes. */
export function SignalsColumn() {
  const begun = useDuel((state) => state.runState === 'training' || state.step > 0);
  if (!begun) return <SignalsPlaceholder />;
  return (
    <IfTheyFail>
      <Suspense fallback={<SignalsPlaceholder />}>
        <Signals />
      </Suspense>
    </IfTheyFail>
  );
}

/** Charts that cannot be loaded or drawn must not take the run with them. */
class IfTheyFail extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Sorry /> : this.props.children;
  }
}

function Sorry() {
  const t = useT();
  return (
    <p className="signals-failed" role="status">
      {t('signals.failed')}
    </p>
  );
}
