import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Download from 'lucide-react/icons/download';
import type { KeyboardEvent } from 'react';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useStageView } from './chosen.ts';
import { originOf } from './Inspector.tsx';
import { fileName, savePng } from './png.ts';
import { SampleCanvas } from './SampleCanvas.tsx';
import { classOf, nameOf } from './sampleWords.ts';
import { Verdict } from './Verdict.tsx';

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -8, ArrowRight: 1, ArrowDown: 8 };

/** 8 to 16 times the image, in whole pixels, as far as the window lets it. */
function times(size: number): number {
  const most = Math.min(innerWidth - 72, innerHeight - 260, 512);
  return Math.max(1, Math.min(16, Math.floor(most / size)));
}

/** The chosen sample as large as the window allows; it goes on changing while the run trains. */
export function Enlarged() {
  const locale = useLocale();
  const { t } = locale;
  const { side, index: wanted } = useStageView((view) => view.chosen);
  const choose = useStageView((view) => view.choose);
  const enlarge = useStageView((view) => view.enlarge);
  const sheet = useDuel((state) => state[side]);
  const facts = useDuel((state) => state.facts);
  const store = useDuelStore();
  if (!sheet) return null;
  const index = Math.min(wanted, sheet.count - 1);
  const name = nameOf(locale, 'inspector', sheet, index);
  const scale = times(sheet.size);

  const go = (by: number) => choose(side, Math.min(sheet.count - 1, Math.max(0, index + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(by);
  };
  const save = () => {
    const { preset, applied } = store.getState();
    void savePng(fileName(preset.id, applied, sheet, index), sheet, index);
  };
  return (
    <Dialog
      className="enlarged"
      title={[name, classOf(locale, facts, sheet, index)].filter(Boolean).join(', ')}
      onClose={() => {
        enlarge(false);
        // The dialog gives the focus back to where it was opened; the choice may have moved on.
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[data-side='${side}'] [data-index='${index}']`)?.focus(),
        );
      }}
      onKeyDown={onKeyDown}
      actions={
        <>
          <Button look="quiet" icon aria-label={t('inspector.previous')} onClick={() => go(-1)}>
            <ChevronLeft className="icon" />
          </Button>
          <Button look="quiet" icon aria-label={t('inspector.next')} onClick={() => go(1)}>
            <ChevronRight className="icon" />
          </Button>
          <Button look="quiet" icon aria-label={t('inspector.save')} onClick={save}>
            <Download className="icon" />
          </Button>
        </>
      }
    >
      <div className="enlarged-body">
        <SampleCanvas
          sheet={sheet}
          index={index}
          side={sheet.size * scale}
          label={t('inspector.image', { name, times: scale })}
        />
        <Verdict sheet={sheet} index={index} origin={originOf(t, sheet)} />
        <p className="caption">{t('inspector.arrows')}</p>
      </div>
    </Dialog>
  );
}
