import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { useTheme } from '../../ui/theme.ts';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { useStageView } from './chosen.ts';
import { opinionScale } from './colours.ts';
import { drawSheet } from './draw.ts';
import { barHeight, cellAt, type Grid, gap, heightOf, widthOf } from './layout.ts';
import { classOf, describe, nameOf } from './sampleWords.ts';

interface Props {
  readonly side: Sheet['side'];
  readonly sheet: Sheet | undefined;
  readonly grid: Grid;
  /** An older run's samples, until the new one has some. */
  readonly stale: boolean;
}

/**
 * A sheet of samples: one canvas for all images, since it is drawn again several times a second, and over it a grid of
 * empty cells that take focus, keys and the pointer and stay as they are.
 */
export function SheetView({ side, sheet, grid, stale }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const pixelRatio = usePixelRatio();
  const bars = useStageView((view) => view.bars);
  const [hover, setHover] = useState<number>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scale is read from the tokens of the theme shown
  const scale = useMemo(() => opinionScale(), [theme]);
  const count = Math.min(sheet?.count ?? grid.columns * grid.rows, grid.columns * grid.rows);

  useEffect(() => {
    if (canvas.current && sheet) drawSheet(canvas.current, sheet, grid, pixelRatio, bars ? scale : undefined);
  }, [sheet, grid, pixelRatio, bars, scale]);

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType !== 'mouse') return;
    const box = event.currentTarget.getBoundingClientRect();
    setHover(cellAt(grid, count, event.clientX - box.left, event.clientY - box.top));
  };

  const size = { width: widthOf(grid), height: heightOf(grid) };
  return (
    <div
      className="sheet"
      data-side={side}
      data-stale={stale || undefined}
      style={size}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setHover(undefined)}
    >
      {/* The cells above it say in words what it shows. */}
      <canvas ref={canvas} style={size} hidden={!sheet} />
      <Cells side={side} paired={sheet?.paired ?? false} columns={grid.columns} cell={grid.cell} count={count} />
      {sheet && hover !== undefined && <HoverTip sheet={sheet} index={hover} grid={grid} />}
    </div>
  );
}

const moves: Readonly<Record<string, (columns: number, at: number, count: number) => number>> = {
  ArrowLeft: (_, at) => at - 1,
  ArrowRight: (_, at) => at + 1,
  ArrowUp: (columns, at) => at - columns,
  ArrowDown: (columns, at) => at + columns,
  Home: (columns, at) => at - (at % columns),
  End: (columns, at) => at - (at % columns) + columns - 1,
  PageUp: (columns, at) => at % columns,
  PageDown: (columns, at, count) => (at % columns) + Math.floor((count - 1 - (at % columns)) / columns) * columns,
};

interface CellsProps {
  readonly side: Sheet['side'];
  readonly paired: boolean;
  readonly columns: number;
  readonly cell: number;
  readonly count: number;
}

/** The cells know nothing of the images, so that new samples cost nothing here: a cell names itself when it gets focus. */
const Cells = memo(function Cells({ side, paired, columns, cell, count }: CellsProps) {
  const locale = useLocale();
  const { t } = locale;
  const grid = useRef<HTMLDivElement>(null);
  const chosen = useStageView((view) => (view.chosen.side === side ? view.chosen.index : undefined));
  const choose = useStageView((view) => view.choose);
  const enlarge = useStageView((view) => view.enlarge);
  const store = useDuelStore();
  const [entry, setEntry] = useState(0);
  const tabStop = Math.min(count - 1, chosen ?? entry);

  const indexOf = (target: EventTarget) => Number((target as HTMLElement).dataset.index ?? Number.NaN);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = indexOf(event.target);
    if (Number.isNaN(at)) return;
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      const next = move(columns, at, count);
      if (next >= 0 && next < count) grid.current?.querySelector<HTMLElement>(`[data-index='${next}']`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (event.key === 'Enter' && chosen === at) enlarge(true);
      else choose(side, at);
    }
  };

  const onFocus = (event: FocusEvent) => {
    const at = indexOf(event.target);
    if (Number.isNaN(at)) return;
    setEntry(at);
    const { facts, [side]: sheet } = store.getState();
    if (sheet) event.target.setAttribute('aria-label', describe(locale, facts, sheet, at));
  };

  const onBlur = (event: FocusEvent) => {
    const at = indexOf(event.target);
    if (!Number.isNaN(at)) event.target.setAttribute('aria-label', nameOf(locale, 'cell', { side, paired }, at));
  };

  const rows = Math.ceil(count / columns);
  const name = t(side === 'generated' ? 'sheet.generatedGrid' : paired ? 'sheet.pairedGrid' : 'sheet.realGrid');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of images that take focus, not a table of data
    <div
      ref={grid}
      className="cells"
      role="grid"
      aria-label={name}
      style={{
        gridTemplateColumns: `repeat(${columns}, ${cell}px)`,
        gridAutoRows: `${cell + barHeight}px`,
        gap: `${gap}px`,
      }}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={onBlur}
      onClick={(event) => {
        const at = indexOf(event.target);
        if (!Number.isNaN(at)) choose(side, at);
      }}
      onDoubleClick={() => enlarge(true)}
    >
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in the sheet is its own key
        // biome-ignore lint/a11y/useSemanticElements: see the grid
        // biome-ignore lint/a11y/useFocusableInteractive: see the grid
        <div key={row} role="row" className="cells-row">
          {Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) => {
            const index = row * columns + column;
            return (
              // biome-ignore lint/a11y/useSemanticElements: see the grid
              <div
                key={index}
                role="gridcell"
                className="cell"
                data-index={index}
                aria-selected={chosen === index}
                aria-label={nameOf(locale, 'cell', { side, paired }, index)}
                tabIndex={index === tabStop ? 0 : -1}
                style={{ '--cell': `${cell}px` } as CSSProperties}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
});

function HoverTip({ sheet, index, grid }: { readonly sheet: Sheet; readonly index: number; readonly grid: Grid }) {
  const locale = useLocale();
  const facts = useDuel((state) => state.facts);
  const column = index % grid.columns;
  const row = Math.floor(index / grid.columns);
  const kind = classOf(locale, facts, sheet, index);
  const right = column >= grid.columns / 2;
  const style = {
    top: row * (grid.cell + barHeight + gap) + grid.cell * 0.62,
    ...(right
      ? { right: (grid.columns - 1 - column) * (grid.cell + gap) + grid.cell * 0.62 }
      : { left: column * (grid.cell + gap) + grid.cell * 0.62 }),
  };
  return (
    <div className="tip" style={style} aria-hidden="true">
      {sheet.opinions.length > 0 ? (
        <>
          <b>{locale.format.fixed(sheet.opinions[index] ?? Number.NaN, 2)}</b>{' '}
          {locale.t(sheet.side === 'generated' ? 'sheet.tip.generated' : 'sheet.tip.real')}
        </>
      ) : (
        nameOf(locale, 'cell', sheet, index)
      )}
      {kind && <div>{kind}</div>}
    </div>
  );
}
