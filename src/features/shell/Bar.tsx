import { useT } from '../../i18n/react.tsx';
import { BackendChip } from '../backend/BackendChip.tsx';
import { SeedBox } from '../controls/SeedBox.tsx';
import { Brand } from './Brand.tsx';
import { AboutButton, CopyLinkButton, LanguageButton, ThemeButton } from './PageButtons.tsx';
import { PresetSelect } from './PresetSelect.tsx';
import { ResetButton, SlowButton, StepButton, TrainButton, WhichChoice } from './RunButtons.tsx';

export function Bar({ onAbout }: { readonly onAbout: () => void }) {
  const t = useT();
  return (
    <header className="bar">
      <Brand />
      <PresetSelect />
      <span className="bar-rule" />
      <TrainButton />
      <span className="bar-set">
        <StepButton />
        <WhichChoice />
      </span>
      <ResetButton />
      <SlowButton />
      <span className="labelled">
        <span aria-hidden="true">{t('seed.label')}</span>
        <SeedBox />
      </span>
      <span className="spacer" />
      <BackendChip />
      <span className="bar-set">
        <AboutButton onOpen={onAbout} />
        <CopyLinkButton />
        <LanguageButton />
        <ThemeButton />
      </span>
    </header>
  );
}
