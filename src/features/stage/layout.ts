/** How large a sample may be drawn, and how many fit. All lengths in CSS pixels. */

/** Between cells. */
export const gap = 4;
/** D's opinion under a sample, with the line that parts it from the image. */
export const barHeight = 4;

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
}

export const widthOf = ({ columns, cell }: Grid) => columns * cell + (columns - 1) * gap;
export const heightOf = ({ rows, cell }: Grid) => rows * (cell + barHeight) + (rows - 1) * gap;

/**
 * The largest cell within `most` that shows each pixel of the image as a whole number of device pixels; where that
 * would waste a fifth of the room, the room itself.
 */
export function wholeCell(most: number, imageSize: number, pixelRatio: number): number {
  const whole = Math.floor((most * pixelRatio) / imageSize) * (imageSize / pixelRatio);
  return whole >= most * 0.8 ? whole : Math.max(8, Math.floor(most));
}

interface Room {
  readonly width: number;
  readonly height: number;
  readonly imageSize: number;
  readonly pixelRatio: number;
}

/** The largest grid of given columns and rows in a room. */
export function fitGrid(columns: number, rows: number, room: Room): Grid {
  const across = (room.width - (columns - 1) * gap) / columns;
  const down = (room.height - (rows - 1) * gap) / rows - barHeight;
  return { columns, rows, cell: wholeCell(Math.min(across, down), room.imageSize, room.pixelRatio) };
}

export interface TwoSheets {
  readonly fake: Grid;
  readonly real: Grid;
  /** Width of the bench between them. */
  readonly bench: number;
}

const leastBench = 40;
const mostBench = 112;
const aside = 12;
/** Evenly drawn pixels are worth this much more area. */
const wholeIsWorth = 1.2;

/** Both sheets with the bench between: as many real columns, of 4 to 2, as show the most. */
export function layTwoSheets(
  fakes: number,
  reals: number,
  room: Room,
  { bench = true, pairs = false } = {},
): TwoSheets {
  const columns = Math.ceil(Math.sqrt(fakes));
  const rows = Math.ceil(fakes / columns);
  const most = Math.min(4, Math.ceil(reals / rows));
  const candidates = pairs ? [4, 2] : [4, 3, 2, 1].filter((count) => count <= most && (count > 1 || most === 1));
  const between = bench ? leastBench + 2 * aside : 2 * aside;
  const laid = candidates.map((realColumns) => {
    const width = room.width - between + gap;
    const { cell } = fitGrid(columns + realColumns, rows, { ...room, width });
    const whole = Number.isInteger(Math.round((cell * room.pixelRatio * 1e6) / room.imageSize) / 1e6);
    return { realColumns, cell, shown: cell * cell * rows * (columns + realColumns) * (whole ? wholeIsWorth : 1) };
  });
  const best = laid.reduce((a, b) => (b.shown > a.shown * 1.001 ? b : a));
  const fake = { columns, rows, cell: best.cell };
  const real = { columns: best.realColumns, rows, cell: best.cell };
  const rest = room.width - widthOf(fake) - widthOf(real) - 2 * aside;
  return { fake, real, bench: bench ? Math.min(mostBench, Math.max(leastBench, rest)) : 0 };
}

/**
 * One sheet as wide as the room, as on a phone: cells near `target`, at most `mostRows` rows unless all are wanted.
 * @param pairs keeps each image beside the one that belongs to it
 */
export function layOneSheet(
  count: number,
  target: number,
  mostRows: number,
  room: Omit<Room, 'height'>,
  pairs = false,
): Grid {
  const most = Math.max(1, Math.floor((room.width + gap) / (target + gap)));
  const fitting = Math.min(most, count);
  const columns = pairs ? Math.max(2, fitting & ~1) : fitting;
  const cell = wholeCell((room.width - (columns - 1) * gap) / columns, room.imageSize, room.pixelRatio);
  return { columns, rows: Math.min(mostRows, Math.ceil(count / columns)), cell };
}

/** The cell under a point of a sheet, or undefined beside it. */
export function cellAt(grid: Grid, count: number, x: number, y: number): number | undefined {
  const column = Math.floor(x / (grid.cell + gap));
  const row = Math.floor(y / (grid.cell + barHeight + gap));
  if (x < 0 || y < 0 || column >= grid.columns || row >= grid.rows) return undefined;
  const index = row * grid.columns + column;
  return index < count ? index : undefined;
}
