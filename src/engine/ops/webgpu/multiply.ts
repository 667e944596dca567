import type * as tf from '@tensorflow/tfjs-core';
import { blocksOf, type Product, type sizes } from './product.ts';
import type { Program } from './program.ts';
import { blockFor, registerProgram } from './registers.ts';
import { groupsFor } from './rows.ts';
import type { Runtime } from './runtime.ts';
import { tile, tileProgram } from './tiles.ts';
import type { Family } from './variants.ts';

type Tensor = tf.TensorInfo;
type Size = Readonly<Record<(typeof sizes)[number], number>>;

/** A bias and leaky ReLU at the end of a product. */
export interface Ending {
  readonly bias: Tensor;
  readonly slope: number;
}

export interface Multiplication {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly result: Tensor;
  readonly size: Size;
  /** The product's own. */
  readonly params?: Readonly<Record<string, number>>;
  readonly ending?: Ending | undefined;
}

const programs = new Map<string, Program>();

function programFor(key: string, make: () => Program): Program {
  const program = programs.get(key) ?? make();
  programs.set(key, program);
  return program;
}

/** A tile that a product fills only to a small part is not worth its loads; nor are columns that come one by one. */
export function usesTiles({ choice }: Runtime, family: Family, { rows, columns }: Pick<Size, 'rows' | 'columns'>) {
  const fills = rows * 4 > tile.rows && columns * 4 > tile.columns;
  return choice[family] === 'tiles' && columns % 4 === 0 && fills;
}

/** Computes a product in the way chosen for its family. */
export function multiply(runtime: Runtime, family: Family, product: Product, work: Multiplication): void {
  const { a, b, result, size, params, ending } = work;
  const run = {
    reads: { aIn: a, bIn: b, bias: ending?.bias ?? b },
    writes: { result },
    params: { ...size, ...params, biased: ending ? 1 : 0, slope: ending?.slope ?? 1 },
  };
  const key = `${product.name} ${product.a.width}${product.b.width}${product.width}`;
  if (usesTiles(runtime, family, size)) {
    const program = programFor(`${key} tiles`, () => tileProgram(product));
    runtime.run(program, { ...run, groups: blocksOf(size, tile.rows, tile.columns) });
  } else {
    const block = blockFor(size.rows, size.columns, product.width);
    const program = programFor(`${key} ${block.rows} ${block.columns}`, () => registerProgram(product, block));
    runtime.run(program, { ...run, groups: groupsFor(blocksOf(size, block.rows, block.columns)) });
  }
}
