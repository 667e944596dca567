import './charts.css';
import { useMemo, useRef, useState } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useCalmDuel, useDuel, useDuelStore, useSeries } from '../../state/react.ts';
import type { DuelState } from '../../state/state.ts';
import { Modal } from '../../ui/Dialog.tsx';
import { useSize } from '../../ui/useSize.ts';
import { type Cursor, CursorContext } from './cursor.ts';
import { margin } from './geometry.ts';
import { useCalm } from './hooks.ts';
import { draw } from './rows.ts';
import { SignalsHead } from './SignalsHead.tsx';
import { EmptyStrips } from './SignalsPlaceholder.tsx';
import { StepAxis } from './StepAxis.tsx';
import { Strip } from './Strip.tsx';
import { stripsOf } from './strips.ts';
import { useView } from './view.ts';

/** The charts of a run, in their column or over the whole screen. Loaded when there is something to draw. */
export default function Signals() {
  const t = useT();
  const runId = useDuel((state) => state.runId);
  const started = useDuel((state) => state.seriesVersion > 0);
  const [full, setFull] = useState(false);
  const [cursor, setCursor] = useState<(Cursor & { readonly runId: number }) | undefined>();
  const shown = cursor?.runId === runId ? cursor : undefined;
  const move = useMemo(() => (to: Cursor | undefined) => setCursor(to && { ...to, runId }), [runId]);
  const onLive = shown?.pinned ? () => setCursor(undefined) : undefined;
  const charts = started ? <Strips cursor={shown} setCursor={move} /> : <EmptyStrips />;

  return (
    <section className="signals-panel" aria-label={t('charts.title')}>
      <SignalsHead onLive={full ? undefined : onLive} onFull={started ? () => setFull(true) : undefined} />
      {full ? <EmptyStrips /> : charts}
      {full && (
        // The arrow keys work at once, and nothing else looks chosen.
        <Modal
          className="signals-dialog"
          aria-label={t('charts.title')}
          firstFocus="[role=slider]"
          onClose={() => setFull(false)}
        >
          <div className="signals-panel">
            <SignalsHead onLive={onLive} full onFull={() => setFull(false)} />
            {charts}
          </div>
        </Modal>
      )}
    </section>
  );
}

/** Each drawing takes time that training could have had, where there are only two cores. */
const drawEveryMs = 250;
const versionOf = (state: DuelState) => state.seriesVersion;

interface StripsProps {
  readonly cursor: Cursor | undefined;
  readonly setCursor: (cursor: Cursor | undefined) => void;
}

function Strips({ cursor, setCursor }: StripsProps) {
  const series = useSeries();
  const applied = useDuel((state) => state.applied);
  const strips = useMemo(() => stripsOf(applied), [applied]);
  const store = useDuelStore();
  const version = useCalmDuel(versionOf, drawEveryMs);
  const smoothing = useView((view) => view.smoothing);
  const log = useView((view) => view.log);
  const plot = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(plot);
  const inner = Math.max(0, width - margin.left - margin.right);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the series has grown
  const drawings = useMemo(
    () => strips.map((spec) => draw(series, spec, { smoothing, log: log.has(spec.id), width: inner, height })),
    [strips, series, version, smoothing, log, inner, height],
  );
  // One picture: what else redraws this must not show newer figures beside older lines.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const { extent, now } = useMemo(() => {
    const extent = series.extent ?? { first: 0, last: 0 };
    return { extent, now: { step: extent.last, latest: store.getState().latest } };
  }, [series, store, version]);
  const from = Math.max(0, extent.first - 1);
  const to = Math.max(from + 1, extent.last);
  const calm = useCalm(now, 5000);
  const size = useMemo(() => ({ width, height }), [width, height]);

  return (
    <CursorContext value={cursor}>
      <div className="strips">
        {strips.map((spec, i) => {
          const of = (at: typeof now) => ({
            step: at.step,
            figures: spec.lines.map(({ signal }) => at.latest[signal]),
          });
          return (
            <Strip
              key={spec.id}
              plotRef={i === 0 ? plot : undefined}
              spec={spec}
              drawing={drawings[i] as (typeof drawings)[number]}
              from={from}
              to={to}
              size={size}
              cursor={cursor}
              setCursor={setCursor}
              now={of(now)}
              calm={of(calm)}
            />
          );
        })}
        <StepAxis from={from} to={to} width={inner} marked={cursor?.step} />
      </div>
    </CursorContext>
  );
}
