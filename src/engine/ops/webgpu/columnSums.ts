import type * as tf from '@tensorflow/tfjs-core';
import { type Element, groupSize, once, type Program } from './program.ts';
import { elementOf, leakyFunctions, rowsOf, type Width } from './rows.ts';
import type { Runtime } from './runtime.ts';
import { addSlices } from './slices.ts';
import { type Across, splitOf, splitParams, splitStatements } from './split.ts';

type Tensor = tf.TensorInfo;

/** Sums over the rows of something computed from each element. */
export interface ColumnSum {
  readonly name: string;
  /** Inputs; `element` stands for what a row is read in. */
  readonly reads: Readonly<Record<string, Element | 'element'>>;
  /** Outputs that are written element by element. */
  readonly writes?: readonly string[];
  readonly scalars?: readonly string[];
  /** How many sums. */
  readonly sums: number;
  /** Statements for a column, before its rows. */
  readonly column?: string;
  /** Statements for the element at `i` (row `row`, column `column`), which add to `sum0`, `sum1`, ... */
  readonly element: string;
}

/** A function that gives the sum's program for each width and split. */
export function columnSum(sum: ColumnSum) {
  return once((width: Width, across: Across, sliced: boolean) => programOf(sum, width, across, sliced));
}

function programOf(sum: ColumnSum, width: Width, across: Across, sliced: boolean): Program {
  const element = elementOf(width);
  const each = (f: (i: number) => string) => Array.from({ length: sum.sums }, (_, i) => f(i)).join(' ');
  const results = sliced ? ['parts'] : Array.from({ length: sum.sums }, (_, i) => `result${i}`);
  const target = (i: number) =>
    sliced ? `parts[(slice * ${sum.sums} + ${i}) * columns + column]` : `result${i}[column]`;
  const reads = Object.entries(sum.reads).map(([name, type]) => [name, type === 'element' ? element : type]);
  return {
    name: `${sum.name} x${width} ${across}${sliced ? ' sliced' : ''}`,
    reads: Object.fromEntries(reads),
    writes: Object.fromEntries([...(sum.writes ?? []), ...results].map((name) => [name, element])),
    params: { ...splitParams, ...Object.fromEntries((sum.scalars ?? []).map((name) => [name, 'f32' as const])) },
    declarations: `
${leakyFunctions(element)}
var<workgroup> scratch: array<${element}, ${sum.sums * groupSize}>;`,
    body: `
      ${splitStatements(across)}
      ${sum.column ?? ''}
      ${each((i) => `var sum${i} = ${element}();`)}
      for (var row = firstRow; row < lastRow; row += lanes) {
        let i = row * columns + column;
        ${sum.element}
      }
      ${each((i) => `scratch[${i * groupSize} + lane] = sum${i};`)}
      workgroupBarrier();
      if (!leads) { return; }
      for (var other = 1; other < lanes; other++) {
        ${each((i) => `sum${i} += scratch[${i * groupSize} + other * ${across} + lane];`)}
      }
      ${each((i) => `${target(i)} = sum${i};`)}`,
  };
}

/**
 * Runs it over rows of channels.
 *
 * @param shape of the rows
 * @param io inputs, element-wise outputs and scalars, by name
 * @returns the sums, each [channels]
 */
export function sumColumns(
  runtime: Runtime,
  program: ReturnType<typeof columnSum>,
  shape: readonly number[],
  count: number,
  io: {
    readonly reads: Readonly<Record<string, Tensor>>;
    readonly writes?: Readonly<Record<string, Tensor>>;
    readonly scalars?: Readonly<Record<string, number>>;
  },
): Tensor[] {
  const rows = rowsOf(shape);
  const { across, share, slices, groups } = splitOf(rows.rows, rows.columns);
  const results = Array.from({ length: count }, () => runtime.output([rows.channels]));
  const sliced = slices > 1;
  const parts = sliced && runtime.output([slices, count, rows.channels]);
  const sums = parts ? { parts } : Object.fromEntries(results.map((result, i) => [`result${i}`, result]));
  runtime.run(program(rows.width, across, sliced), {
    reads: io.reads,
    writes: { ...io.writes, ...sums },
    params: { rows: rows.rows, columns: rows.columns, share, ...io.scalars },
    groups,
  });
  if (parts) addSlices(runtime, parts, slices, results);
  return results;
}
