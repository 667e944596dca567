import { useT } from '../../i18n/react.tsx';
import { Controls } from '../controls/Controls.tsx';
import { SignalsColumn } from '../signals/SignalsColumn.tsx';
import { AnyStage } from '../stage/AnyStage.tsx';
import { Bar } from './Bar.tsx';
import { Main } from './Main.tsx';
import { StatusBar } from './Status.tsx';

/** The frame of a wide window: nothing scrolls but the columns. */
export function Desk({ onAbout }: { readonly onAbout: () => void }) {
  const t = useT();
  return (
    <div className="frame">
      <Bar onAbout={onAbout} />
      <aside className="controls" aria-label={t('nav.controls')}>
        <Controls />
      </aside>
      <Main className="stage">
        <AnyStage />
      </Main>
      <aside className="signals" aria-label={t('nav.signals')}>
        <SignalsColumn />
      </aside>
      <StatusBar />
    </div>
  );
}
