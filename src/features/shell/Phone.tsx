import Activity from 'lucide-react/icons/activity';
import Ellipsis from 'lucide-react/icons/ellipsis';
import LayoutGrid from 'lucide-react/icons/layout-grid';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import { type ReactNode, useState } from 'react';
import type { Key } from '../../i18n/i18n.ts';
import { useT } from '../../i18n/react.tsx';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { usePopover } from '../../ui/usePopover.ts';
import { BackendChip } from '../backend/BackendChip.tsx';
import { Controls } from '../controls/Controls.tsx';
import { useWaiting } from '../controls/RestartBar.tsx';
import { SignalsColumn } from '../signals/SignalsColumn.tsx';
import { AnyStage } from '../stage/AnyStage.tsx';
import { Brand } from './Brand.tsx';
import { Main } from './Main.tsx';
import { AboutButton, CopyLinkButton, LanguageButton, ThemeButton } from './PageButtons.tsx';
import { PresetSelect } from './PresetSelect.tsx';
import { ResetButton, SlowButton, StepButton, TrainButton, WhichChoice } from './RunButtons.tsx';
import { MoreFigures, PhoneStatus } from './Status.tsx';
import './phone.css';
import './phoneControls.css';

interface View {
  readonly name: Extract<Key, `nav.${string}`>;
  readonly icon: ReactNode;
  readonly body: ReactNode;
}

const views: readonly View[] = [
  { name: 'nav.stage', icon: <LayoutGrid className="icon" />, body: <AnyStage phone /> },
  { name: 'nav.controls', icon: <SlidersHorizontal className="icon" />, body: <Controls phone /> },
  { name: 'nav.signals', icon: <Activity className="icon" />, body: <SignalsColumn /> },
];

/** The frame of a phone: one view at a time, the run and the views at the thumb. */
export function Phone({ onAbout }: { readonly onAbout: () => void }) {
  const t = useT();
  const [shown, setShown] = useState(0);
  const waits = useWaiting().length > 0;
  const view = views[shown] ?? (views[0] as View);
  return (
    <div className="phone">
      <header className="phone-bar">
        <Brand word={false} />
        <PresetSelect />
        <CopyLinkButton />
        <More onAbout={onAbout} />
      </header>
      <Main className="phone-body">
        <PhoneStatus />
        <div className="phone-view" data-view={view.name}>
          {view.body}
        </div>
      </Main>
      <footer className="phone-dock">
        <div className="phone-run">
          <TrainButton />
          <StepButton iconOnly />
          <WhichChoice />
          <ResetButton iconOnly />
        </div>
        <nav className="phone-nav" aria-label={t('nav.label')}>
          {views.map(({ name, icon }, i) => (
            <button
              key={name}
              type="button"
              aria-current={i === shown ? 'page' : undefined}
              onClick={() => setShown(i)}
            >
              {icon}
              <span>{t(name)}</span>
              {name === 'nav.controls' && waits && <i className="dot" />}
            </button>
          ))}
        </nav>
      </footer>
    </div>
  );
}

/** What a phone's bar has no room for. */
function More({ onAbout }: { readonly onAbout: () => void }) {
  const t = useT();
  const { anchor, open, setOpen, button } = usePopover();
  return (
    <>
      <Button ref={anchor} look="quiet" icon aria-label={t('bar.more')} {...button}>
        <Ellipsis className="icon" />
      </Button>
      {open && (
        <Popover
          anchor={anchor}
          label={t('bar.more')}
          placement="bottom-end"
          className="more"
          onClose={() => setOpen(false)}
        >
          <MoreFigures />
          <BackendChip />
          <SlowButton />
          <ThemeButton withWord />
          <LanguageButton />
          <AboutButton
            withWord
            onOpen={() => {
              setOpen(false);
              onAbout();
            }}
          />
        </Popover>
      )}
    </>
  );
}
