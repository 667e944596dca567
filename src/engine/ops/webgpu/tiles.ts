import {
  bindings,
  blockStatements,
  columnStatement,
  each,
  type Factor,
  insideFunction,
  type Product,
  storeStatement,
} from './product.ts';
import { groupSize, type Program } from './program.ts';
import { leakyFunctions } from './rows.ts';

/** The block of the result that a workgroup makes, 8 by 8 invocations with 4 rows and 8 columns each. */
export const tile = { rows: 32, columns: 64 } as const;
/**
 * Steps of the depth that the workgroup loads at a time: 1 kB of a and 2 kB of b. More would mean fewer barriers, but a
 * software GPU unrolls the zeroing of this memory, and would compile for a minute.
 */
const steps = 8;

interface Side {
  readonly name: 'a' | 'b';
  readonly factor: Factor;
  /** Its rows or columns in the block. */
  readonly span: number;
  readonly at: 'row' | 'column';
  readonly most: 'rows' | 'columns';
}

/**
 * A workgroup loads what its block needs into memory that it shares, and each invocation multiplies from there: what
 * GPUs with fast workgroup memory do best. For products whose columns divide by four.
 */
export function tileProgram(product: Product): Program {
  const a: Side = { name: 'a', factor: product.a, span: tile.rows, at: 'row', most: 'rows' };
  const b: Side = { name: 'b', factor: product.b, span: tile.columns, at: 'column', most: 'columns' };
  return {
    name: `${product.name} tiles ${product.a.width}${product.b.width}`,
    ...bindings(product, product.a.width, product.b.width),
    // Fours of rows, or of columns, at each step.
    declarations: `
${insideFunction}
${leakyFunctions('vec4f')}
var<workgroup> aTile: array<vec4f, ${(steps * tile.rows) / 4}>;
var<workgroup> bTile: array<vec4f, ${(steps * tile.columns) / 4}>;`,
    body: `
      ${blockStatements('group', tile.rows, tile.columns)}
      ${product.plane}
      let across = lane % 8;
      let down = lane / 8;
      let total = (last - first) * depth;
      ${prepareLines(a)}
      ${prepareLines(b)}
      ${each(4, (r) => each(2, (v) => `var sum${r}_${v} = vec4f();`))}
      for (var begin = 0; begin < total; begin += ${steps}) {
        ${load(a, product)}
        ${load(b, product)}
        workgroupBarrier();
        for (var k = 0; k < ${steps}; k++) {
          let four = aTile[k * ${tile.rows / 4} + down];
          ${each(2, (v) => `let b${v} = bTile[k * ${tile.columns / 4} + across + ${8 * v}];`)}
          ${each(4, (r) => each(2, (v) => `sum${r}_${v} = fma(vec4f(four[${r}]), b${v}, sum${r}_${v});`))}
        }
        workgroupBarrier();
      }
      ${each(2, (v) => columnStatement(product, `to${v}`, `column + (across + ${8 * v}) * 4`))}
      ${each(
        4,
        (r) => `
      if (row + down * 4 + ${r} < rows) {
        let out = row + down * 4 + ${r};
        ${product.row.prepare?.('Out', 'out') ?? ''}
        let start = ${product.row.start('Out', 'out')};
        if (start >= 0) { ${each(2, (v) => storeStatement(product, `to${v}`, `sum${r}_${v}`))} }
      }`,
      )}`,
  };
}

/** The lines that an invocation loads from along the depth stay the same, so that they are prepared once. */
function prepareLines({ name, factor, span, at, most }: Side): string {
  if (factor.along === 'side') return '';
  const line = (i: number) => {
    const index = `${name}At${i}`;
    const clamped = `min(${at} + ${name}Four * 4 + ${i}, ${most} - 1)`;
    return `let ${index} = ${clamped}; ${factor.prepare?.(`${name}${i}_`, index) ?? ''}`;
  };
  return `let ${name}Four = lane % ${span / 4}; ${each(4, line)}`;
}

/** WGSL: the segment and the step `k` in it of the step `q` of all; `within` says whether it counts. */
function locate({ segment, bounded }: Product): string {
  return `
          let s = first + q / depth;
          let k = q % depth;
          ${segment}
          let within = q < total${bounded ? ' && k >= low && k < high' : ''};`;
}

/** WGSL: brings one factor's steps from `begin` on into its tile. */
function load(side: Side, product: Product): string {
  return side.factor.along === 'depth' ? loadAlongDepth(side, product) : loadAlongSide(side, product);
}

/** An invocation reads four steps of four lines, and turns them about. There are fewer such squares than invocations. */
function loadAlongDepth({ name, factor, span }: Side, product: Product): string {
  const squares = (span * steps) / 16;
  const starts = each(4, (i) => `let line${i} = ${factor.start(`${name}${i}_`, `${name}At${i}`)};`);
  const there = (i: number) => (factor.padded ? `within && line${i} >= 0` : 'within');
  const at = (step: string | number) => `${name}Tile[(square + ${step}) * ${span / 4} + ${name}Four]`;
  const body =
    factor.width === 4
      ? `
          let q = begin + square;
          ${locate(product)}
          ${starts}
          ${each(4, (i) => `var v${i} = vec4f(); if (${there(i)}) { v${i} = ${name}In[(line${i} + k) / 4]; }`)}
          ${each(4, (c) => `${at(c)} = vec4f(v0[${c}], v1[${c}], v2[${c}], v3[${c}]);`)}`
      : `
          for (var step = 0; step < 4; step++) {
            let q = begin + square + step;
            ${locate(product)}
            ${starts}
            var v = vec4f();
            ${each(4, (i) => `if (${there(i)}) { v[${i}] = ${name}In[line${i} + k]; }`)}
            ${at('step')} = v;
          }`;
  return `
        if (lane < ${squares}) {
          let square = lane / ${span / 4} * 4;
          ${body}
        }`;
}

/** An invocation reads four neighbours of a step at a time. */
function loadAlongSide({ name, factor, span, at, most }: Side, product: Product): string {
  const first = `${at} + four * 4`;
  const read =
    factor.width === 4
      ? `v = ${name}In[(start + min(${first}, ${most} - 4)) / 4];`
      : each(4, (c) => `v[${c}] = ${name}In[start + min(${first} + ${c}, ${most} - 1)];`);
  return `
        for (var unit = lane; unit < ${(span * steps) / 4}; unit += ${groupSize}) {
          let four = unit % ${span / 4};
          let q = begin + unit / ${span / 4};
          ${locate(product)}
          var v = vec4f();
          if (within) { let start = ${factor.start('', 'k')}; ${read} }
          ${name}Tile[unit] = v;
        }`;
}
