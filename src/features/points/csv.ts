import { DuelError } from '../../config/errors.ts';
import { fitPoints, mostPoints } from '../../config/worlds.ts';

/** Points of the plane from text: one point a line, x and y in the first two columns or under a header's x and y. */

/** Larger files are not read. */
export const mostCsvBytes = 1_000_000;
/** Lines that could not be read are named as far as this. */
const mostNamed = 5;

export interface Skipped {
  /** As an editor counts: the first line is 1. */
  readonly line: number;
  /** What stands there, cut short. */
  readonly text: string;
}

export interface CsvPoints {
  /** [n, 2] in units of the plane, both axes scaled alike. */
  readonly points: Float32Array<ArrayBuffer>;
  /** Lines without two numbers, the first few of them named. */
  readonly skipped: number;
  readonly named: readonly Skipped[];
  /** Rows beyond {@link mostPoints}. */
  readonly over: number;
}

type Pair = readonly [number, number];

/** Commas part decimals where semicolons or tabs part columns, as spreadsheets in half of Europe write them. */
function cellsOf(line: string): string[] {
  const apart = line.includes(';') ? ';' : line.includes('\t') ? '\t' : ',';
  const cells = apart === ',' && !line.includes(',') ? line.trim().split(/\s+/) : line.split(apart);
  const plain = cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
  return apart === ',' ? plain : plain.map((cell) => cell.replace(/^([+-]?\d*),(\d+)/, '$1.$2'));
}

/** Larger numbers have no middle that could be told. */
const largest = 1e30;

/** `Number` would take an empty cell for 0, and 0x10 for 16. */
function numberIn(cell: string | undefined): number {
  return cell !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
}

function pairIn(cells: readonly string[], [first, second]: Pair): Pair | undefined {
  const [x, y] = [numberIn(cells[first]), numberIn(cells[second])];
  return Math.abs(x) <= largest && Math.abs(y) <= largest ? [x, y] : undefined;
}

/** The columns that a header names x and y; the first two where it does not. */
function columnsOf(header: readonly string[]): Pair {
  const names = header.map((cell) => cell.toLowerCase());
  const [x, y] = [names.indexOf('x'), names.indexOf('y')];
  return x >= 0 && y >= 0 ? [x, y] : [0, 1];
}

/**
 * Reads points from a file's text.
 * @throws DuelError `points-too-large` (`bytes`, `most`), or `points-none` (`found`, `skipped`, `text`: the first line
 *   that could not be read) where fewer than two points are found
 */
export function parsePoints(text: string): CsvPoints {
  if (text.length > mostCsvBytes) throw new DuelError('points-too-large', { bytes: text.length, most: mostCsvBytes });
  const pairs: Pair[] = [];
  const named: Skipped[] = [];
  let [skipped, over, columns, first] = [0, 0, [0, 1] as Pair, true];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const cells = cellsOf(line);
    const pair = pairIn(cells, columns);
    const header = first && pair === undefined && cells.every((cell) => Number.isNaN(numberIn(cell)));
    first = false;
    if (header) columns = columnsOf(cells);
    else if (!pair) {
      skipped++;
      if (named.length < mostNamed) named.push({ line: index + 1, text: line.trim().slice(0, 40) });
    } else if (pairs.length === mostPoints) over++;
    else pairs.push(pair);
  });
  if (pairs.length < 2) {
    const unread = named[0] ? { text: named[0].text } : { reason: 'empty' };
    throw new DuelError('points-none', { found: pairs.length, skipped, ...unread });
  }
  return { points: fitPoints(pairs.flat()), skipped, named, over };
}
