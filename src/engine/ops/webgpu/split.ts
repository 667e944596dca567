import { groupSize } from './program.ts';

/** Columns (elements of a row) that one workgroup takes; its invocations share the rows of each. */
export type Across = 1 | 4 | 16;

/** How the rows and columns of a sum are shared out. */
export interface Split {
  readonly across: Across;
  /** The rows are cut into that many slices, of `share` rows each; more than one need a second dispatch. */
  readonly slices: number;
  readonly share: number;
  readonly groups: number;
}

/** Rows that one invocation may sum up by itself before they are cut into slices. */
const patience = 128;
const mostSlices = 64;

export function splitOf(rows: number, columns: number): Split {
  // Few rows leave little to share, so that a workgroup takes more columns.
  const across = columns === 1 ? 1 : rows < 64 && columns >= 16 ? 16 : 4;
  const wanted = Math.min(mostSlices, Math.ceil((rows * across) / (groupSize * patience)));
  const share = Math.ceil(rows / wanted);
  const slices = Math.ceil(rows / share);
  return { across, slices, share, groups: slices * Math.ceil(columns / across) };
}

/** Parameters that {@link splitStatements} needs. */
export const splitParams = { rows: 'i32', columns: 'i32', share: 'i32' } as const;

/**
 * WGSL: what an invocation takes. It goes through its column from `firstRow` to `lastRow` in steps of `lanes`; the one
 * that `leads` its column then adds up what the others found and writes it.
 */
export function splitStatements(across: Across): string {
  return `
      const lanes = ${groupSize / across};
      let blocks = (columns + ${across - 1}) / ${across};
      let slice = group / blocks;
      let column = (group - slice * blocks) * ${across} + lane % ${across};
      let part = lane / ${across};
      let firstRow = slice * share + part;
      let lastRow = select(min(slice * share + share, rows), 0, column >= columns);
      let leads = part == 0 && column < columns && slice * share < rows;`;
}
