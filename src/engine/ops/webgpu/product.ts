import type { Program } from './program.ts';
import { elementOf, type Width } from './rows.ts';

/**
 * A product of two matrices that need not exist as such: `rows` x `columns`, each element a sum over segments and, within
 * each, over a `depth`. For a convolution the rows are positions, the columns filters, the segments taps and the depth
 * channels. Several such products may stand side by side, the `planes`: the phases of a transposed convolution, say.
 *
 * All strings are WGSL. They may use the five numbers above, the product's own parameters, and what `plane` and
 * `segment` declare.
 */
export interface Product {
  readonly name: string;
  /** Integers, besides the five that every product has. */
  readonly params: readonly string[];
  /** Statements that, given `plane`, declare the segments that are summed over: from `first` to before `last`. */
  readonly plane: string;
  /** Statements that, given the segment `s`, declare what the lines need and, if `bounded`, `low` and `high`. */
  readonly segment: string;
  /** A segment's depth counts only from `low` to before `high`; what lies outside is zero. */
  readonly bounded?: boolean;
  readonly a: Factor;
  readonly b: Factor;
  /** Where each row of the result begins. */
  readonly row: Line;
  /** Neighbours in a row of the result that can be written at once: 4 where `columns` divides by 4. */
  readonly width: Width;
}

/** Where the lines of a matrix begin. */
export interface Line {
  /** Statements that hold for a line in all segments; what they declare ends in `id`. */
  readonly prepare?: (id: string, index: string) => string;
  /** Elements from the buffer's start to the line's; if `padded`, negative for a line of zeros, or for none. */
  readonly start: (id: string, index: string) => string;
  readonly padded?: boolean;
}

/** One of the two matrices. */
export interface Factor extends Line {
  /**
   * What its lines run along. 'depth': there is a line for each row (of a) or column (of b). 'side': there is a line for
   * each step of the depth, along the rows or columns; such lines are never padded.
   */
  readonly along: 'depth' | 'side';
  /** Neighbours in a line that can be read at once: 4 where starts and lengths divide by 4. */
  readonly width: Width;
}

export const sizes = ['planes', 'rows', 'columns', 'depth'] as const;

/**
 * What both ways to compute a product bind. Each sum is written as leaky(sum + bias); where there is no bias, `biased` is 0,
 * the slope 1 and something else is bound in its place: one program less to compile.
 *
 * @param a width in which a is read
 * @param b likewise
 */
export function bindings({ params, width }: Product, a: Width, b: Width): Omit<Program, 'name' | 'body'> {
  return {
    reads: { aIn: elementOf(a), bIn: elementOf(b), bias: elementOf(width) },
    writes: { result: elementOf(width) },
    params: {
      ...Object.fromEntries([...sizes, ...params].map((name) => [name, 'i32' as const])),
      biased: 'i32',
      slope: 'f32',
    },
  };
}

/** WGSL: which block of which plane has the number `which`; its first `row` and `column`. Returns where there is none. */
export function blockStatements(which: string, rows: number, columns: number): string {
  return `
      let blocksAcross = (columns + ${columns - 1}) / ${columns};
      let blocks = blocksAcross * ((rows + ${rows - 1}) / ${rows});
      let plane = ${which} / blocks;
      if (plane >= planes) { return; }
      let block = ${which} - plane * blocks;
      let row = block / blocksAcross * ${rows};
      let column = block % blocksAcross * ${columns};`;
}

/** How many blocks there are. */
export function blocksOf(size: Readonly<Record<'planes' | 'rows' | 'columns', number>>, rows: number, columns: number) {
  return size.planes * Math.ceil(size.rows / rows) * Math.ceil(size.columns / columns);
}

/** WGSL: names a column of the result, and its bias. */
export function columnStatement({ width }: Product, name: string, column: string): string {
  const at = `min(${name}, columns - ${width})${width === 4 ? ' / 4' : ''}`;
  return `
      let ${name} = ${column};
      var ${name}Bias = ${elementOf(width)}();
      if (biased != 0) { ${name}Bias = bias[${at}]; }`;
}

/** WGSL: writes a sum into the row at `start` and a column named before, if there is such a column. */
export function storeStatement({ width }: Product, column: string, sum: string): string {
  const at = width === 4 ? `(start + ${column}) / 4` : `start + ${column}`;
  return `if (${column} < columns) { result[${at}] = leaky(${sum} + ${column}Bias, slope); }`;
}

/** WGSL: whether a coordinate lies within a side. */
export const insideFunction = 'fn inside(at: i32, side: i32) -> bool { return u32(at) < u32(side); }';

/** Code for each of `n`, or for each pair. */
export function each(n: number, code: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => code(i)).join('\n');
}
