import type * as tf from '@tensorflow/tfjs-core';
import type { NormAttrs } from '../fused.ts';
import { columnSum, sumColumns } from './columnSums.ts';
import { groupSize, once, type Program } from './program.ts';
import { elementOf, groupsFor, leakyFunctions, rowsOf, type Width } from './rows.ts';
import type { Runtime } from './runtime.ts';
import { type Across, splitOf, splitParams, splitStatements } from './split.ts';

type Tensor = tf.TensorInfo;

/**
 * WGSL: joins the mean and the sum of squared deviations of one part of the rows with those of another (Chan, Golub &
 * LeVeque 1979).
 */
const joinFunction = (element: string) => `
struct Moments { count: f32, mean: ${element}, squares: ${element} }
fn join(a: Moments, b: Moments) -> Moments {
  if (b.count == 0.0) { return a; }
  let count = a.count + b.count;
  let apart = b.mean - a.mean;
  return Moments(
    count,
    a.mean + apart * (b.count / count),
    a.squares + b.squares + apart * apart * (a.count * b.count / count),
  );
}`;

const momentsProgram = once(
  (width: Width, across: Across, sliced: boolean): Program<'x', string, keyof typeof splitParams> => {
    const element = elementOf(width);
    return {
      name: `moments x${width} ${across}${sliced ? ' sliced' : ''}`,
      reads: { x: element },
      writes: sliced ? { parts: element } : { mean: element, variance: element },
      params: splitParams,
      declarations: `
${joinFunction(element)}
var<workgroup> means: array<${element}, ${groupSize}>;
var<workgroup> squares: array<${element}, ${groupSize}>;
fn countOf(part: i32, size: i32) -> f32 { return f32(max(0, (size - part + ${groupSize / across - 1}) / ${groupSize / across})); }`,
      body: `
      ${splitStatements(across)}
      let size = max(0, min(share, rows - slice * share));
      // Measured from the part's first value: far from zero, x^2 would leave no bits for the variance.
      let origin = x[min(firstRow, rows - 1) * columns + min(column, columns - 1)];
      var sum = ${element}();
      var sumOfSquares = ${element}();
      for (var row = firstRow; row < lastRow; row += lanes) {
        let d = x[row * columns + column] - origin;
        sum += d;
        sumOfSquares += d * d;
      }
      let n = max(countOf(part, size), 1.0);
      means[lane] = origin + sum / n;
      squares[lane] = max(sumOfSquares - sum * sum / n, ${element}());
      workgroupBarrier();
      if (!leads) { return; }
      var all = Moments(countOf(0, size), means[lane], squares[lane]);
      for (var other = 1; other < lanes; other++) {
        let at = other * ${across} + lane;
        all = join(all, Moments(countOf(other, size), means[at], squares[at]));
      }
      ${
        sliced
          ? 'parts[slice * 2 * columns + column] = all.mean; parts[(slice * 2 + 1) * columns + column] = all.squares;'
          : 'mean[column] = all.mean; variance[column] = all.squares / all.count;'
      }`,
    };
  },
);

const joinProgram = once((width: Width): Program<'parts', 'mean' | 'variance', keyof typeof splitParams> => {
  const element = elementOf(width);
  return {
    name: `joinMoments x${width}`,
    reads: { parts: element },
    writes: { mean: element, variance: element },
    params: splitParams,
    declarations: joinFunction(element),
    body: `
      if (index >= columns) { return; }
      var all = Moments(0.0, ${element}(), ${element}());
      for (var slice = 0; slice * share < rows; slice++) {
        let at = slice * 2 * columns + index;
        all = join(all, Moments(f32(min(share, rows - slice * share)), parts[at], parts[at + columns]));
      }
      mean[index] = all.mean;
      variance[index] = all.squares / all.count;`,
  };
});

/** Mean and biased variance of each channel. */
function moments(runtime: Runtime, x: Tensor): [Tensor, Tensor] {
  const { rows, columns, channels, width } = rowsOf(x.shape);
  const { across, slices, share, groups } = splitOf(rows, columns);
  const [mean, variance] = [runtime.output([channels]), runtime.output([channels])];
  const params = { rows, columns, share };
  if (slices === 1) {
    runtime.run(momentsProgram(width, across, false), { reads: { x }, writes: { mean, variance }, params, groups });
    return [mean, variance];
  }
  const parts = runtime.output([slices, 2, channels]);
  runtime.run(momentsProgram(width, across, true), { reads: { x }, writes: { parts }, params, groups });
  const writes = { mean, variance };
  runtime.run(joinProgram(width), { reads: { parts }, writes, params, groups: groupsFor(columns) });
  runtime.release(parts);
  return [mean, variance];
}

const applyProgram = once((width: Width) => {
  const element = elementOf(width);
  return {
    name: `normAct x${width}`,
    reads: { x: element, gamma: element, beta: element, mean: element, variance: element },
    writes: { y: element },
    params: { size: 'i32', columns: 'i32', epsilon: 'f32', slope: 'f32' },
    declarations: leakyFunctions(element),
    body: `
      if (index >= size) { return; }
      let column = index % columns;
      let scale = gamma[column] * inverseSqrt(variance[column] + epsilon);
      y[index] = leaky((x[index] - mean[column]) * scale + beta[column], slope);`,
  } as const satisfies Program;
});

/** See `normAct` in ../index.ts: y, mean, variance. */
export function normAct(
  runtime: Runtime,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const { rows, columns, width } = rowsOf(x.shape);
  const [mean, variance] = moments(runtime, x);
  const y = runtime.output(x.shape);
  const size = rows * columns;
  runtime.run(applyProgram(width), {
    reads: { x, gamma, beta, mean, variance },
    writes: { y },
    params: { size, columns, epsilon, slope },
    groups: groupsFor(size),
  });
  return [y, mean, variance];
}

/** Also leaves the gradient of what stands inside the leaky ReLU in dx, for the second pass to finish. */
const gradSums = columnSum({
  name: 'normActGradSums',
  reads: { x: 'element', y: 'element', dy: 'element', mean: 'element', variance: 'element' },
  writes: ['dx'],
  scalars: ['epsilon', 'slope'],
  sums: 2,
  column: 'let centre = mean[column]; let inverse = inverseSqrt(variance[column] + epsilon);',
  element: `
        let d = leakyGrad(y[i], dy[i], slope);
        dx[i] = d;
        sum0 += d * ((x[i] - centre) * inverse);
        sum1 += d;`,
});

const gradProgram = once((width: Width) => {
  const element = elementOf(width);
  return {
    name: `normActGrad x${width}`,
    reads: { x: element, gamma: element, mean: element, variance: element, dgamma: element, dbeta: element },
    writes: { dx: element },
    params: { size: 'i32', columns: 'i32', rows: 'f32', epsilon: 'f32' },
    body: `
      if (index >= size) { return; }
      let column = index % columns;
      let inverse = inverseSqrt(variance[column] + epsilon);
      let normalised = (x[index] - mean[column]) * inverse;
      let rest = (dbeta[column] + normalised * dgamma[column]) / rows;
      dx[index] = gamma[column] * inverse * (dx[index] - rest);`,
  } as const satisfies Program;
});

export interface NormGradInputs {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly gamma: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Gradients with respect to x, gamma and beta. */
export function normActGrad(runtime: Runtime, inputs: NormGradInputs, { epsilon, slope }: NormAttrs): Tensor[] {
  const { x, y, dy, gamma, mean, variance } = inputs;
  const { rows, columns, width } = rowsOf(x.shape);
  const dx = runtime.output(x.shape);
  const io = { reads: { x, y, dy, mean, variance }, writes: { dx }, scalars: { epsilon, slope } };
  const [dgamma, dbeta] = sumColumns(runtime, gradSums, x.shape, 2, io) as [Tensor, Tensor];
  const size = rows * columns;
  runtime.run(gradProgram(width), {
    reads: { x, gamma, mean, variance, dgamma, dbeta },
    writes: { dx },
    params: { size, columns, rows, epsilon },
    groups: groupsFor(size),
  });
  return [dx, dgamma, dbeta];
}
