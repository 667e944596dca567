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
import type { Program } from './program.ts';
import { elementOf, leakyFunctions, type Width } from './rows.ts';

/** The block of the result that one invocation keeps in registers. */
export interface Block {
  readonly rows: 1 | 4 | 8;
  readonly columns: 1 | 4 | 16;
}

/** As large a block as a product of that size fills: a large one reads less for each multiplication. */
export function blockFor(rows: number, columns: number, width: Width): Block {
  const scalars = columns === 1 ? 1 : 4;
  return {
    rows: rows > 4 ? 8 : rows > 1 ? 4 : 1,
    columns: width === 1 ? scalars : columns >= 16 ? 16 : 4,
  };
}

/** How one factor is read. */
interface Side {
  readonly name: 'a' | 'b';
  readonly factor: Factor;
  /** Its rows or columns in the block. */
  readonly span: number;
  /** What the block's first row or column is called, and their number in all. */
  readonly at: 'row' | 'column';
  readonly most: 'rows' | 'columns';
}

/**
 * Each invocation makes a block of the result by itself, out of registers and the cache: what software GPUs, to which
 * workgroup memory is no faster and barriers are dear, do best.
 */
export function registerProgram(product: Product, { rows, columns }: Block): Program {
  const { width } = product;
  const element = elementOf(width);
  const a: Side = { name: 'a', factor: product.a, span: rows, at: 'row', most: 'rows' };
  const b: Side = { name: 'b', factor: product.b, span: columns, at: 'column', most: 'columns' };
  const vectors = columns / width;
  const [widthA, widthB] = [a, b].map(({ factor }) => (factor.along === 'side' ? factor.width : 1)) as [Width, Width];
  return {
    name: `${product.name} registers ${rows}x${columns} ${widthA}${widthB}${width}`,
    ...bindings(product, widthA, widthB),
    declarations: `${insideFunction}\n${leakyFunctions(element)}`,
    body: `
      ${blockStatements('index', rows, columns)}
      ${product.plane}
      ${prepareLines(a)}
      ${prepareLines(b)}
      ${each(rows, (r) => each(vectors, (c) => `var sum${r}_${c} = ${element}();`))}
      for (var s = first; s < last; s++) {
        ${product.segment}
        ${startLines(a)}
        ${startLines(b)}
        for (var k = ${product.bounded ? 'low' : '0'}; k < ${product.bounded ? 'high' : 'depth'}; k++) {
          ${readScalars(a)}
          ${width === 4 ? readVectors(b) : readScalars(b)}
          ${each(rows, (r) => each(vectors, (c) => `sum${r}_${c} = fma(${element}(a${r}), b${c}, sum${r}_${c});`))}
        }
      }
      ${each(vectors, (c) => columnStatement(product, `to${c}`, `column + ${c * width}`))}
      ${each(
        rows,
        (r) => `
      if (row + ${r} < rows) {
        let out = row + ${r};
        ${product.row.prepare?.('Out', 'out') ?? ''}
        let start = ${product.row.start('Out', 'out')};
        if (start >= 0) { ${each(vectors, (c) => storeStatement(product, `to${c}`, `sum${r}_${c}`))} }
      }`,
      )}`,
  };
}

/**
 * What holds in all segments. Along the depth: the lines, one for each row or column of the block. Along the side: how far
 * into a line the block's fours, or single elements, stand. Beyond the last row or column, the last one again.
 */
function prepareLines({ name, factor, span, at, most }: Side): string {
  if (factor.along === 'depth') {
    return each(span, (i) => {
      const index = `${name}At${i}`;
      return `let ${index} = min(${at} + ${i}, ${most} - 1); ${factor.prepare?.(`${name}${i}_`, index) ?? ''}`;
    });
  }
  if (factor.width === 1) return each(span, (i) => `let ${name}Side${i} = min(${at} + ${i}, ${most} - 1);`);
  return each(span / 4, (g) => `let ${name}Side${g} = min(${at} + ${4 * g}, ${most} - 4) >> 2u;`);
}

function startLines({ name, factor, span }: Side): string {
  if (factor.along === 'side') return '';
  return each(span, (i) => {
    const line = `${name}Line${i}`;
    const start = factor.start(`${name}${i}_`, `${name}At${i}`);
    if (!factor.padded) return `let ${line} = ${start};`;
    // Out here, since not every compiler moves it out of the loop over the depth.
    return `let ${line}Start = ${start}; let ${line}There = ${line}Start >= 0; let ${line} = max(${line}Start, 0);`;
  });
}

/** Where the line of step `k` along the side begins, in the elements in which it is read. */
function startOfStep({ name, factor }: Side): string {
  if (factor.along === 'depth') return '';
  return `let ${name}Start = (${factor.start('', 'k')})${factor.width === 4 ? ' >> 2u' : ''};`;
}

/** What step `k` multiplies, one by one: `a0`, `a1`, ... */
function readScalars(side: Side): string {
  const { name, factor, span } = side;
  if (factor.along === 'depth') return each(span, (i) => `let ${name}${i} = ${readAlongDepth(side, i)};`);
  const start = startOfStep(side);
  if (factor.width === 1) return `${start} ${each(span, (i) => `let ${name}${i} = ${readAlongSide(side, i)};`)}`;
  const fours = each(span / 4, (g) => `let ${name}Four${g} = ${readAlongSide(side, g)};`);
  return `${start} ${fours} ${each(span, (i) => `let ${name}${i} = ${name}Four${i >> 2}[${i & 3}];`)}`;
}

/** What step `k` multiplies, in fours: `b0` is that of the first four columns. */
function readVectors(side: Side): string {
  const { name, factor, span } = side;
  const four = (g: number) => {
    if (factor.along === 'side' && factor.width === 4) return readAlongSide(side, g);
    const read = factor.along === 'depth' ? readAlongDepth : readAlongSide;
    return `vec4f(${[0, 1, 2, 3].map((c) => read(side, 4 * g + c)).join(', ')})`;
  };
  return `${startOfStep(side)} ${each(span / 4, (g) => `let ${name}${g} = ${four(g)};`)}`;
}

function readAlongDepth({ name, factor: { padded } }: Side, i: number): string {
  const line = `${name}Line${i}`;
  const read = `${name}In[${line} + k]`;
  return padded ? `select(0.0, ${read}, ${line}There)` : read;
}

/** @param i of an element: a four, or a single one */
function readAlongSide({ name }: Side, i: number): string {
  return `${name}In[${name}Start + ${name}Side${i}]`;
}
