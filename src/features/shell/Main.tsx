import type { ReactNode } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';

/** The main part of the page; says in attributes what tests, lessons and screen readers ask for. */
export function Main({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  const t = useT();
  const runState = useDuel((state) => state.runState);
  const backend = useDuel((state) => state.backend?.chosen ?? '');
  const step = useDuel((state) => state.step);
  return (
    <main
      id="stage"
      tabIndex={-1}
      className={className}
      data-run-state={runState}
      data-backend={backend}
      data-step={step}
      aria-label={t('stage.label')}
    >
      <h1 className="visually-hidden">Duel</h1>
      {children}
    </main>
  );
}
