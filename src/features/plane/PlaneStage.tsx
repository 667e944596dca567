import Download from 'lucide-react/icons/download';
import { useId, useRef } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { useSize } from '../../ui/useSize.ts';
import type { PlaneView } from '../../worker/protocol.ts';
import { saveCanvas } from '../stage/png.ts';
import { SplitChoice, WeightsChoice } from '../stage/Stage.tsx';
import { FullScreen } from '../stage/StageHead.tsx';
import { StageNote } from '../stage/StageNote.tsx';
import { StateCard } from '../stage/StateCard.tsx';
import { useLast } from '../stage/useLast.ts';
import { DiracBoard, DiracLine } from './DiracBoard.tsx';
import { LayerPanel } from './LayerPanel.tsx';
import { Phases } from './Phases.tsx';
import { PlaneBoard } from './PlaneBoard.tsx';
import { CloudReadouts, DiracReadouts } from './Readouts.tsx';
import { Summary } from './Summary.tsx';
import '../stage/stage.css';
import './plane.css';

/** Of the panel beside the board, with the gap between. */
const aside = 168 + 16;
/** Figures stand under the board where as much is left below it. */
const figures = 84;

/** The plane in the place of the sheets: the board, its layers, its figures; in slow motion whose turn it is. */
export default function PlaneStage({ phone }: { readonly phone: boolean }) {
  return phone ? <PhonePlane /> : <DeskPlane />;
}

function DeskPlane() {
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const now = useDuel((state) => state.plane);
  const view = useLast(now);
  const side = Math.max(0, Math.min(width - aside, height));
  const under = height - side >= figures;
  return (
    <div className="stage-frame" ref={frame}>
      <div className="stage-head">
        <StageNote />
        <SaveBoard />
        {document.fullscreenEnabled && <FullScreen frame={frame} />}
      </div>
      <div className="stage-body plane">
        <div className="plane-room" ref={body}>
          {side > 0 && (
            <>
              <div>
                <Board side={side} view={view} stale={!now} />
                {under && <Figures view={view} />}
              </div>
              <div className="plane-aside">
                <LayerPanel kind={view?.kind ?? 'cloud'} />
                {!under && <Figures view={view} />}
                <Extras view={view} />
              </div>
            </>
          )}
        </div>
        <Phases />
        <StateCard />
      </div>
    </div>
  );
}

function PhonePlane() {
  const body = useRef<HTMLDivElement>(null);
  const { width } = useSize(body);
  const now = useDuel((state) => state.plane);
  const view = useLast(now);
  return (
    <div className="phone-stage">
      <StageNote />
      <Phases />
      <div className="plane plane-phone" ref={body}>
        {width > 0 && <Board side={width} view={view} stale={!now} />}
        <StateCard />
      </div>
      <LayerPanel kind={view?.kind ?? 'cloud'} />
      <Figures view={view} />
      <Extras view={view} />
    </div>
  );
}

interface BoardProps {
  readonly side: number;
  readonly view: PlaneView | undefined;
  readonly stale: boolean;
}

function Board({ side, view, stale }: BoardProps) {
  const summary = useId();
  if (!view) return <div className="plane-board" style={{ width: side, height: side }} />;
  const props = { side, stale, describedBy: summary };
  return (
    <div>
      {view.kind === 'cloud' ? <PlaneBoard view={view} {...props} /> : <DiracBoard view={view} {...props} />}
      <Summary id={summary} />
    </div>
  );
}

function Figures({ view }: { readonly view: PlaneView | undefined }) {
  if (!view) return null;
  return view.kind === 'cloud' ? <CloudReadouts view={view} /> : <DiracReadouts view={view} />;
}

function Extras({ view }: { readonly view: PlaneView | undefined }) {
  return view?.kind === 'dirac' ? <DiracLine view={view} width={168} /> : <Whose />;
}

/** Whose generated points, and which of the real ones. */
function Whose() {
  const t = useT();
  return (
    <div className="plane-whose">
      <span className="caption">{t('sheet.weights')}</span>
      <WeightsChoice />
      <span className="caption">{t('plane.split')}</span>
      <SplitChoice short />
    </div>
  );
}

function SaveBoard() {
  const t = useT();
  const store = useDuelStore();
  const none = useDuel((state) => state.plane?.kind !== 'cloud');
  const save = () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.plane-board > canvas');
    const { preset, applied, step } = store.getState();
    const name = `duel-${preset.id}-${applied['data.set']}-step-${step}-seed-${applied['train.seed']}.png`;
    if (canvas) void saveCanvas(name, canvas);
  };
  return (
    <Button
      look="quiet"
      small
      icon
      aria-label={t('plane.savePng')}
      reason={none ? t('plane.noPng') : undefined}
      onClick={save}
    >
      <Download className="icon" />
    </Button>
  );
}
