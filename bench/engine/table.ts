import type { Report } from './report.ts';
import { significant } from './statistics.ts';
import type { Verdict } from './targets.ts';

/** Columns as wide as their widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell) : cell)));
  const widths = head.map((text, i) => Math.max(text.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const isNumber = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] as number) : cell.padEnd(widths[i] as number)))
      .join('  ')
      .trimEnd();
  return [line(head), ...cells.map(line)].join('\n');
}

const short = (value: number) => significant(value, 3);
const percent = (value: number) => `${Math.round(100 * value)} %`;

export function rowsTable({ rows }: Pick<Report, 'rows'>): string {
  return table(
    ['work', 'backend', 'batch', 'threads', 'ours ms', 'spread', 'peer', 'peer ms', 'rounds', 'ratio'],
    rows.map((row) => [
      row.work,
      row.backend,
      row.batch,
      row.threads,
      short(row.ours_ms),
      percent(row.spread),
      row.peer,
      short(row.peer_ms),
      row.peer_rounds === undefined ? `${row.rounds}` : `${row.rounds}:${row.peer_rounds}`,
      short(row.ratio),
    ]),
  );
}

export function countsTable({ counts }: Pick<Report, 'counts'>): string {
  return table(
    ['work', 'backend', 'batch', 'engine', 'dispatches', 'submits', 'MB held', 'kB written', 'record ms'],
    counts.map((count) => [
      count.work,
      count.backend,
      count.batch,
      count.engine,
      count.dispatches,
      count.submits,
      Math.round(count.bytes / 1e6),
      Math.round(count.written / 1e3),
      short(count.record_ms),
    ]),
  );
}

export function targetsTable(verdicts: readonly Verdict[]): string {
  return table(
    ['target', 'must', 'stretch', 'measured', 'verdict'],
    verdicts.map(({ text, must, stretch, value, verdict }) => [
      text,
      must,
      stretch,
      value === undefined ? '-' : `${short(value)}`,
      verdict,
    ]),
  );
}
