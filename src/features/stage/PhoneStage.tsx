import { useRef, useState } from 'react';
import { isDuel } from '../../config/families.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import { useSize } from '../../ui/useSize.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { Bench } from './Bench.tsx';
import { useStageView } from './chosen.ts';
import { Enlarged } from './Enlarged.tsx';
import { Inspector } from './Inspector.tsx';
import { layOneSheet } from './layout.ts';
import { SheetView } from './SheetView.tsx';
import { SplitChoice, WeightsChoice } from './Stage.tsx';
import { SaveSheet, ShowStyles } from './StageHead.tsx';
import { StageNote } from './StageNote.tsx';
import { StateCard } from './StateCard.tsx';
import { useLast } from './useLast.ts';
import './stage.css';

type Shown = Sheet['side'] | 'both';

/** A cell on a phone is near this wide: six in a row of 390 px. */
const target = 50;
const fewRows = 4;
const benchHeight = 52;

/** The stage in one column: a sheet, the bench lying under it, the chosen sample. */
export function PhoneStage() {
  const t = useT();
  const body = useRef<HTMLDivElement>(null);
  const { width } = useSize(body);
  const [shown, setShown] = useState<Shown>('generated');
  const [all, setAll] = useState(false);
  const duel = useDuel((state) => isDuel(state.applied));
  const enlarged = useStageView((view) => view.enlarged);
  const count = useDuel((state) => (shown === 'real' ? state.real : state.generated)?.count ?? 64);
  const sides: readonly Sheet['side'][] = shown === 'both' ? ['generated', 'real'] : [shown];
  const rows = all ? Number.POSITIVE_INFINITY : shown === 'both' ? fewRows / 2 : fewRows;
  const options = [
    { value: 'generated', word: t('sheet.generated') },
    { value: 'real', word: t(duel ? 'sheet.real' : 'sheet.paired') },
    { value: 'both', word: t('stage.both') },
  ] as const;
  return (
    <div className="phone-stage">
      <StageNote />
      <div className="samples-head">
        <Segmented label={t('stage.sides')} value={shown} options={options} onChange={setShown} />
        {shown === 'real' ? <SplitChoice short /> : <WeightsChoice />}
      </div>
      <div className="phone-sheets" ref={body}>
        {width > 0 && sides.map((side) => <PhoneSheet key={side} side={side} width={width} rows={rows} />)}
        <StateCard />
      </div>
      <div className="phone-more">
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? t('stage.fewer') : t('stage.more', { n: count })}
        </Button>
        <ShowStyles />
        <SaveSheet />
      </div>
      {duel && (
        <section aria-label={t('bench.title')}>
          <div className="scale-ends">
            <span>{t('bench.fake')}</span>
            <span className="strong">{t('bench.title')}</span>
            <span>{t('bench.real')}</span>
          </div>
          {width > 0 && <Bench lying width={width} height={benchHeight} />}
        </section>
      )}
      <Inspector height={112} width={width} />
      {enlarged && <Enlarged />}
    </div>
  );
}

function PhoneSheet({
  side,
  width,
  rows,
}: {
  readonly side: Sheet['side'];
  readonly width: number;
  readonly rows: number;
}) {
  const pixelRatio = usePixelRatio();
  const now = useDuel((state) => state[side]);
  const size = useDuel((state) => state.applied['data.size']);
  const sheet = useLast(now);
  const room = { width, imageSize: sheet?.size ?? size, pixelRatio };
  const grid = layOneSheet(sheet?.count ?? 64, target, rows, room, sheet?.paired);
  return <SheetView side={side} sheet={sheet} grid={grid} stale={!now} />;
}
