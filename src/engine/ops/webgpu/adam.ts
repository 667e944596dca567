import * as tf from '@tensorflow/tfjs-core';
import type { AdamAttrs } from '../fused.ts';
import { blend } from './elementwise.ts';
import { groupSize, once, type Program } from './program.ts';
import { elementOf, type Width, widthOf } from './rows.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

/** Workgroups that share a parameter at most: enough for any GPU, and few sums of squares (one an invocation) to add up. */
const mostGroups = 64;
const scalars = ['stepSize', 'beta1', 'rest1', 'beta2', 'rest2', 'scaledEpsilon', 'keep', 'rest'] as const;

const moveProgram = once((width: Width, averaged: boolean): Program => {
  const element = elementOf(width);
  const square = width === 4 ? 'dot(g, g)' : 'g * g';
  const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, element] as const));
  return {
    name: `adam x${width}${averaged ? ' averaged' : ''}`,
    reads: all(['param', 'grad', 'm', 'v', ...(averaged ? ['average'] : [])]),
    writes: {
      ...all(['nextParam', 'nextM', 'nextV', ...(averaged ? ['nextAverage'] : [])]),
      squares: 'f32',
    },
    params: {
      size: 'i32',
      first: 'i32',
      turns: 'i32',
      ...(Object.fromEntries(scalars.map((name) => [name, 'f32'])) as Record<(typeof scalars)[number], 'f32'>),
    },
    body: `
      var sum = 0.0;
      let end = min(size, (group + 1) * turns * ${groupSize});
      for (var i = group * turns * ${groupSize} + lane; i < end; i += ${groupSize}) {
        let g = grad[i];
        let toM = m[i] * beta1 + g * rest1;
        let toV = v[i] * beta2 + g * g * rest2;
        let to = param[i] - stepSize * toM / (sqrt(toV) + scaledEpsilon);
        nextM[i] = toM;
        nextV[i] = toV;
        nextParam[i] = to;
        ${averaged ? 'nextAverage[i] = average[i] * keep + to * rest;' : ''}
        sum += ${square};
      }
      // No barrier to add up a workgroup's sums: in software it doubles the time of all this.
      if (group * turns * ${groupSize} >= size) { return; }
      squares[first + group * ${groupSize} + lane] = sum;`,
  };
});

const normProgram = {
  name: 'gradientNorm',
  reads: { squares: 'f32' },
  writes: { norm: 'f32' },
  params: { size: 'i32' },
  declarations: `var<workgroup> scratch: array<f32, ${groupSize}>;`,
  body: `
      var sum = 0.0;
      for (var i = lane; i < size; i += ${groupSize}) { sum += squares[i]; }
      scratch[lane] = sum;
      workgroupBarrier();
      if (index != 0) { return; }
      for (var other = 1; other < ${groupSize}; other++) { sum += scratch[other]; }
      norm[0] = sqrt(sum);`,
} as const satisfies Program;

/** Buffers that a tensor with a moving average takes: 5 read, 4 written, and the sums of squares. */
const averagedBuffers = 10;

/**
 * See `adamUpdate` in ../index.ts. A dispatch for each parameter, and one for the norm; one more each for the average on a
 * device that lets a shader have fewer than ten buffers.
 *
 * @param inputs by the names of the contract
 * @returns in the order of the contract
 */
export function adam(runtime: Runtime, inputs: Readonly<Record<string, Tensor>>, attrs: AdamAttrs): Tensor[] {
  const { count, averaged, stepSize, beta1, beta2, scaledEpsilon, keep } = attrs;
  const [rest1, rest2, rest] = [1 - beta1, 1 - beta2, 1 - keep];
  const settings = { stepSize, beta1, rest1, beta2, rest2, scaledEpsilon, keep, rest };
  const together = averaged && runtime.limits.maxStorageBuffersPerShaderStage >= averagedBuffers;
  const states = Array.from({ length: count }, (_, i) => {
    const [param, grad, m, v, average] = ['param', 'grad', 'm', 'v', 'average'].map((name) => inputs[`${name}${i}`]);
    const { shape } = param as Tensor;
    const length = tf.util.sizeFromShape(shape);
    const width = widthOf(length);
    const size = length / width;
    const turns = Math.ceil(size / (groupSize * mostGroups));
    const groups = Math.ceil(size / (groupSize * turns));
    return { reads: { param, grad, m, v, average }, shape, width, size, turns, groups };
  });
  const sums = states.reduce((sum, { groups }) => sum + groups * groupSize, 0);
  const squares = runtime.output([sums]);
  let first = 0;
  const made = states.flatMap(({ reads, shape, width, size, turns, groups }) => {
    const [nextParam, nextM, nextV] = [runtime.output(shape), runtime.output(shape), runtime.output(shape)];
    const fused = together ? runtime.output(shape) : undefined;
    runtime.run(moveProgram(width, together), {
      reads: reads as Record<string, Tensor>,
      writes: { nextParam, nextM, nextV, squares, ...(fused && { nextAverage: fused }) },
      params: { size, first, turns, ...settings },
      groups,
      changing: true,
    });
    first += groups * groupSize;
    const nextAverage = averaged ? [fused ?? blend(runtime, reads.average as Tensor, nextParam, { keep })] : [];
    return [nextParam, nextM, nextV, ...nextAverage];
  });
  const norm = runtime.output([]);
  runtime.run(normProgram, { reads: { squares }, writes: { norm }, params: { size: sums }, groups: 1 });
  runtime.release(squares);
  return [norm, ...made];
}
