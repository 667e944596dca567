import Download from 'lucide-react/icons/download';
import Eye from 'lucide-react/icons/eye';
import Maximize2 from 'lucide-react/icons/maximize-2';
import Minimize2 from 'lucide-react/icons/minimize-2';
import { type RefObject, useEffect, useState } from 'react';
import { familyOf, isDuel } from '../../config/families.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { useStageView } from './chosen.ts';
import { fileName, savePng } from './png.ts';
import { StageNote } from './StageNote.tsx';
import { Styles } from './Styles.tsx';

/** What to look for, and what can be done with the sheets. */
export function StageHead({ frame }: { readonly frame: RefObject<HTMLElement | null> }) {
  const t = useT();
  const bars = useStageView((view) => view.bars);
  const showBars = useStageView((view) => view.showBars);
  const duel = useDuel((state) => isDuel(state.applied));
  return (
    <div className="stage-head">
      <StageNote />
      {duel && (
        <Button
          look="quiet"
          small
          icon
          aria-pressed={bars}
          aria-label={t('stage.opinion')}
          onClick={() => showBars(!bars)}
        >
          <Eye className="icon" />
        </Button>
      )}
      <ShowStyles />
      <SaveSheet />
      {document.fullscreenEnabled && <FullScreen frame={frame} />}
    </div>
  );
}

/** Opens the tables of styles; only where G has styles. */
export function ShowStyles() {
  const t = useT();
  const styled = useDuel((state) => familyOf(state.applied) === 'style');
  const none = useDuel((state) => state.generated === undefined);
  const [open, setOpen] = useState(false);
  if (!styled) return null;
  return (
    <>
      <Button look="quiet" small reason={none ? t('sheet.waiting') : undefined} onClick={() => setOpen(true)}>
        {t('styles.open')}
      </Button>
      {open && <Styles onClose={() => setOpen(false)} />}
    </>
  );
}

export function SaveSheet() {
  const t = useT();
  const store = useDuelStore();
  const none = useDuel((state) => state.generated === undefined);
  const save = () => {
    const { preset, applied, generated } = store.getState();
    if (generated) void savePng(fileName(preset.id, applied, generated), generated);
  };
  return (
    <Button
      look="quiet"
      small
      icon
      aria-label={t('stage.savePng')}
      reason={none ? t('sheet.waiting') : undefined}
      onClick={save}
    >
      <Download className="icon" />
    </Button>
  );
}

export function FullScreen({ frame }: { readonly frame: RefObject<HTMLElement | null> }) {
  const t = useT();
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null && document.fullscreenElement === frame.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, [frame]);
  const toggle = () => {
    // Refused where the page is framed without leave: the stage then simply stays as it is.
    const asked = full ? document.exitFullscreen() : frame.current?.requestFullscreen();
    asked?.catch(() => {});
  };
  return (
    <Button
      look="quiet"
      small
      icon
      aria-label={t(full ? 'stage.leaveFullScreen' : 'stage.fullScreen')}
      onClick={toggle}
    >
      {full ? <Minimize2 className="icon" /> : <Maximize2 className="icon" />}
    </Button>
  );
}
