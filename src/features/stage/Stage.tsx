import { useMemo, useRef } from 'react';
import { isDuel } from '../../config/families.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import { useSize } from '../../ui/useSize.ts';
import { Bench } from './Bench.tsx';
import { useStageView } from './chosen.ts';
import { Enlarged } from './Enlarged.tsx';
import { Inspector } from './Inspector.tsx';
import { heightOf, layTwoSheets, widthOf } from './layout.ts';
import { SheetView } from './SheetView.tsx';
import { StageHead } from './StageHead.tsx';
import { StateCard } from './StateCard.tsx';
import { useLast } from './useLast.ts';
import './stage.css';

const sheetCount = 64;
const headHeight = 32;
/** Least room for the inspector, with the line above it. */
const leastInspector = 136;
const mostInspector = 224;

/**
 * Both sides before the judge: generated samples, the bench, real images; under them the chosen one. A VAE has no judge:
 * there the real images stand beside their reconstructions.
 */
export function Stage() {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const room = useSize(body);
  const pixelRatio = usePixelRatio();
  const generatedNow = useDuel((state) => state.generated);
  const realNow = useDuel((state) => state.real);
  const generated = useLast(generatedNow);
  const real = useLast(realNow);
  const drafted = useDuel((state) => state.applied['data.size']);
  const enlarged = useStageView((view) => view.enlarged);
  const imageSize = generated?.size ?? drafted;
  const reals = real?.count ?? sheetCount;
  const duel = useDuel((state) => isDuel(state.applied));

  const sheets = useMemo(() => {
    if (room.width === 0) return undefined;
    const height = Math.max(200, room.height - headHeight - leastInspector);
    const space = { width: room.width, height, imageSize, pixelRatio };
    return layTwoSheets(generated?.count ?? sheetCount, reals, space, { bench: duel, pairs: !duel });
  }, [room, imageSize, pixelRatio, generated?.count, reals, duel]);

  const high = sheets ? heightOf(sheets.fake) : 0;
  const inspector = Math.min(mostInspector, room.height - headHeight - high - 26);
  return (
    <div className="stage-frame" ref={frame}>
      <StageHead frame={frame} />
      <div className="stage-body" ref={body}>
        {sheets && (
          <>
            <div className="samples">
              <section style={{ width: widthOf(sheets.fake) }}>
                <GeneratedHead width={widthOf(sheets.fake)} />
                <SheetView side="generated" sheet={generated} grid={sheets.fake} stale={!generatedNow} />
              </section>
              {duel && (
                <section className="bench" style={{ width: sheets.bench }} aria-label={t('bench.title')}>
                  <div className="bench-end bench-top">{t('bench.top')}</div>
                  <Bench width={sheets.bench} height={Math.max(40, high - 18)} />
                  <div className="bench-end">{t('bench.bottom')}</div>
                </section>
              )}
              <section style={{ width: widthOf(sheets.real) }}>
                <RealHead width={widthOf(sheets.real)} />
                <SheetView side="real" sheet={real} grid={sheets.real} stale={!realNow} />
              </section>
            </div>
            {inspector >= 84 && generatedNow && (
              <div className="stage-under" style={{ height: inspector + 25 }}>
                <Inspector height={inspector} width={room.width} />
              </div>
            )}
          </>
        )}
        <StateCard />
      </div>
      {enlarged && <Enlarged />}
    </div>
  );
}

export function WeightsChoice() {
  const t = useT();
  const weights = useDuel((state) => state.weights);
  const setWeights = useDuel((state) => state.setWeights);
  const options = [
    { value: 'ema', word: t('sheet.ema') },
    { value: 'raw', word: t('sheet.raw') },
  ] as const;
  return <Segmented small label={t('sheet.weights')} value={weights} options={options} onChange={setWeights} />;
}

interface SplitProps {
  readonly short?: boolean;
  /** Where there is no room for both words. */
  readonly list?: boolean;
}

export function SplitChoice({ short = false, list = false }: SplitProps) {
  const t = useT();
  const split = useDuel((state) => state.split);
  const setSplit = useDuel((state) => state.setSplit);
  const options = [
    { value: 'heldOut', word: t('sheet.heldOut') },
    { value: 'training', word: t(short ? 'sheet.training' : 'sheet.trainingLong'), name: t('sheet.trainingLong') },
  ] as const;
  if (list) {
    const choose = (value: string) => setSplit(value === 'training' ? 'training' : 'heldOut');
    return (
      <Select className="select-small" label={t('sheet.split')} value={split} options={options} onChange={choose} />
    );
  }
  return <Segmented small label={t('sheet.split')} value={split} options={options} onChange={setSplit} />;
}

function GeneratedHead({ width }: { readonly width: number }) {
  const t = useT();
  const count = useDuel((state) => state.generated?.count ?? sheetCount);
  return (
    <div className="samples-head">
      <h2>
        <i className="mark mark-fake" />
        {t('sheet.generated')}
      </h2>
      {width > 280 && <span className="quiet">{t('sheet.latents', { n: count })}</span>}
      <WeightsChoice />
    </div>
  );
}

function RealHead({ width }: { readonly width: number }) {
  const t = useT();
  const set = useDuel((state) => state.applied['data.set']);
  const duel = useDuel((state) => isDuel(state.applied));
  return (
    <div className="samples-head">
      <h2 title={t(`option.data.set.${set}`)}>
        <i className="mark mark-real" />
        <span className={width < (duel ? 130 : 180) ? 'visually-hidden' : undefined}>
          {t(duel ? 'sheet.real' : 'sheet.paired')}
        </span>
      </h2>
      <SplitChoice short={width < (duel ? 220 : 270)} list={width < (duel ? 180 : 230)} />
    </div>
  );
}
