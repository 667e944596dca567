import Download from 'lucide-react/icons/download';
import Maximize2 from 'lucide-react/icons/maximize-2';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { useStageView } from './chosen.ts';
import { Life } from './Life.tsx';
import { wholeCell } from './layout.ts';
import { OpinionMeter } from './OpinionMeter.tsx';
import { fileName, savePng } from './png.ts';
import { SampleCanvas } from './SampleCanvas.tsx';
import { classOf, verdictOf } from './sampleWords.ts';
import './inspector.css';

/** The chosen sample, large, with what D makes of it. */
export function Inspector({ height, life }: { readonly height: number; readonly life: boolean }) {
  const locale = useLocale();
  const { t } = locale;
  const pixelRatio = usePixelRatio();
  const { side, index: wanted } = useStageView((view) => view.chosen);
  const enlarge = useStageView((view) => view.enlarge);
  const sheet = useDuel((state) => state[side]);
  const facts = useDuel((state) => state.facts);
  const store = useDuelStore();
  if (!sheet) return null;
  const index = Math.min(wanted, sheet.count - 1);
  const opinion = sheet.opinions[index] ?? Number.NaN;
  const kind = classOf(locale, facts, sheet, index);
  const save = () => {
    const { preset, applied } = store.getState();
    void savePng(fileName(preset.id, applied, sheet, index), sheet, index);
  };
  return (
    <section className="inspector" aria-label={t('inspector.label')}>
      <SampleCanvas sheet={sheet} index={index} side={wholeCell(height, sheet.size, pixelRatio)} />
      <div className="inspector-facts">
        <h2>
          <i className={side === 'generated' ? 'mark mark-fake' : 'mark mark-real'} />
          {t(side === 'generated' ? 'inspector.generated' : 'inspector.real', { n: index + 1 })}
          {kind && <span className="inspector-class">{kind}</span>}
        </h2>
        <p className="caption">{originOf(locale.t, sheet)}</p>
        <OpinionMeter side={side} opinion={opinion} />
        <p>{t(verdictOf(sheet, opinion))}</p>
        <div className="inspector-actions">
          <Button look="quiet" small onClick={() => enlarge(true)}>
            <Maximize2 className="icon icon-small" />
            {t('inspector.enlarge')}
          </Button>
          <Button look="quiet" small onClick={save}>
            <Download className="icon icon-small" />
            {t('inspector.save')}
          </Button>
        </div>
      </div>
      {life && side === 'generated' && <Life index={index} height={height} />}
    </section>
  );
}

export function originOf(t: ReturnType<typeof useLocale>['t'], sheet: Sheet): string {
  return sheet.side === 'generated'
    ? t(`inspector.from.${sheet.weights}`, { step: sheet.step })
    : t(`inspector.from.${sheet.split}`);
}
