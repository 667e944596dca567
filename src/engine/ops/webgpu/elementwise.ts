import * as tf from '@tensorflow/tfjs-core';
import type { BlendAttrs, SlopeAttrs } from '../fused.ts';
import { once, type Program } from './program.ts';
import { elementOf, groupsFor, leakyFunctions, rowsOf, tanhFunction, type Width, widthOf } from './rows.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

/**
 * A program that computes each element by itself.
 *
 * @param expression what is written, in terms of the inputs at `index` or, for those that are one row, at `column`
 */
function elementwise<R extends string, P extends string>(
  name: string,
  width: Width,
  inputs: readonly R[],
  scalars: readonly P[],
  expression: string,
): Program<R, 'result', P | 'size' | 'columns'> {
  const element = elementOf(width);
  const fields = ['size', 'columns', ...scalars].map((field, i) => [field, i < 2 ? 'i32' : 'f32'] as const);
  return {
    name: `${name} x${width}`,
    reads: Object.fromEntries(inputs.map((input) => [input, element])) as Record<R, typeof element>,
    writes: { result: element },
    params: Object.fromEntries(fields) as Record<P | 'size' | 'columns', 'i32' | 'f32'>,
    declarations: leakyFunctions(element) + tanhFunction(element),
    body: `
      if (index >= size) { return; }
      let column = index % columns;
      result[index] = ${expression};`,
  };
}

const biasActProgram = once((width: Width) =>
  elementwise('biasAct', width, ['x', 'bias'], ['slope'], 'leaky(x[index] + bias[column], slope)'),
);

/** See `biasAct` in ../index.ts. */
export function biasAct(runtime: Runtime, x: Tensor, bias: Tensor, { slope }: SlopeAttrs): Tensor {
  const { rows, columns, width } = rowsOf(x.shape);
  const result = runtime.output(x.shape);
  const size = rows * columns;
  const params = { size, columns, slope };
  runtime.run(biasActProgram(width), { reads: { x, bias }, writes: { result }, params, groups: groupsFor(size) });
  return result;
}

const biasTanhProgram = once((width: Width) =>
  elementwise('biasTanh', width, ['x', 'bias'], [], 'safeTanh(x[index] + bias[column])'),
);

/** See `biasTanh` in ../index.ts. */
export function biasTanh(runtime: Runtime, x: Tensor, bias: Tensor): Tensor {
  const { rows, columns, width } = rowsOf(x.shape);
  const result = runtime.output(x.shape);
  const size = rows * columns;
  const params = { size, columns };
  runtime.run(biasTanhProgram(width), { reads: { x, bias }, writes: { result }, params, groups: groupsFor(size) });
  return result;
}

const affineActProgram = once((width: Width) =>
  elementwise(
    'affineAct',
    width,
    ['x', 'scale', 'shift'],
    ['slope'],
    'leaky(x[index] * scale[column] + shift[column], slope)',
  ),
);

/** See `affineAct` in ../index.ts. */
export function affineAct(runtime: Runtime, x: Tensor, scale: Tensor, shift: Tensor, { slope }: SlopeAttrs): Tensor {
  const { rows, columns, width } = rowsOf(x.shape);
  const result = runtime.output(x.shape);
  const size = rows * columns;
  runtime.run(affineActProgram(width), {
    reads: { x, scale, shift },
    writes: { result },
    params: { size, columns, slope },
    groups: groupsFor(size),
  });
  return result;
}

const blendProgram = once((width: Width) =>
  elementwise('blend', width, ['a', 'b'], ['keep', 'take'], 'a[index] * keep + b[index] * take'),
);

/** See `blend` in ../index.ts. */
export function blend(runtime: Runtime, a: Tensor, b: Tensor, { keep }: BlendAttrs): Tensor {
  const length = tf.util.sizeFromShape(a.shape);
  const width = widthOf(length);
  const result = runtime.output(a.shape);
  const size = length / width;
  runtime.run(blendProgram(width), {
    reads: { a, b },
    writes: { result },
    params: { size, columns: size, keep, take: 1 - keep },
    groups: groupsFor(size),
    // A warming average keeps another share each step.
    changing: true,
  });
  return result;
}
