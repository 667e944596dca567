import Download from 'lucide-react/icons/download';
import Maximize2 from 'lucide-react/icons/maximize-2';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { useStageView } from './chosen.ts';
import { Kin } from './Kin.tsx';
import { Life } from './Life.tsx';
import { wholeCell } from './layout.ts';
import { fileName, savePng } from './png.ts';
import { SampleCanvas } from './SampleCanvas.tsx';
import { classOf, nameOf } from './sampleWords.ts';
import { Verdict } from './Verdict.tsx';
import './inspector.css';

/** The chosen sample, large, with what D makes of it. */
export function Inspector({ height, width }: { readonly height: number; readonly width: number }) {
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
  const kind = classOf(locale, facts, sheet, index);
  const picture = wholeCell(height, sheet.size, pixelRatio);
  const save = () => {
    const { preset, applied } = store.getState();
    void savePng(fileName(preset.id, applied, sheet, index), sheet, index);
  };
  return (
    <section className="inspector" aria-label={t('inspector.label')}>
      <SampleCanvas sheet={sheet} index={index} side={picture} />
      <div className="inspector-facts">
        <h2>
          <i className={side === 'generated' ? 'mark mark-fake' : 'mark mark-real'} />
          {nameOf(locale, 'inspector', sheet, index)}
          {kind && <span className="inspector-class">{kind}</span>}
        </h2>
        <p className="caption">{originOf(locale.t, sheet)}</p>
        <Verdict sheet={sheet} index={index} />
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
      <Aside sheet={sheet} index={index} height={height} width={width - picture} />
    </section>
  );
}

interface AsideProps {
  readonly sheet: Sheet;
  readonly index: number;
  readonly height: number;
  /** Beside the picture. */
  readonly width: number;
}

/** Room that the meter needs. */
const leastMeter = 250;

/** Where there is room: how a generated sample came to be, or what else is of a real one's class. */
function Aside({ sheet, index, height, width }: AsideProps) {
  const columns = Math.min(6, Math.floor((width - leastMeter) / 62));
  if (columns < 3) return null;
  const rows = height >= 156 ? 2 : 1;
  const shape = { columns, rows, most: Math.min(56, Math.floor((height - 22) / rows) - 22) };
  return sheet.side === 'generated' ? (
    <Life weights={sheet.weights} index={index} {...shape} />
  ) : (
    <Kin sheet={sheet} index={index} {...shape} />
  );
}

export function originOf(t: ReturnType<typeof useLocale>['t'], sheet: Sheet): string {
  return sheet.side === 'generated'
    ? t(`inspector.from.${sheet.weights}`, { step: sheet.step })
    : t(`inspector.from.${sheet.split}`);
}
