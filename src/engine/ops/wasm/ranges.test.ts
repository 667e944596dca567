/** Threads may cut a kernel's work anywhere, and do a part of it twice: the bits must not show it. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { nodeHost } from '../../backend/wasmHost.node.ts';
import * as ops from '../index.ts';
import { noise, on, type Plain } from '../testing/compare.ts';
import { KERNEL } from './kernelIds.ts';
import type { KernelRuntime } from './runtime.ts';
import { openBoth, PATIENCE, withRun } from './testing.ts';

let runtime: KernelRuntime;

beforeAll(async () => {
  ({ runtime } = await openBoth(nodeHost, { threads: 1 }));
}, PATIENCE);

const shapes: readonly (readonly number[])[] = [
  [7, 9, 8, 5],
  [4, 4, 5, 17],
  [7, 5, 4, 17],
  [17],
  [5],
  [40, 300],
  [300, 24],
  [24],
  [700, 180],
  [700, 20],
  [500, 36],
  [36],
  [9000],
];

/** Every kernel that threads share, with work for several units of it. */
function everything(...tensors: tf.Tensor[]): tf.Tensor[] {
  const [x, filter, y, bias17, bias5, rows, matrix, bias24, tall, narrow, wide, bias36, long] = tensors as [
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor1D,
    tf.Tensor1D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  const down = (a: tf.Tensor, f: tf.Tensor, b: tf.Tensor) =>
    ops.convAct(a as tf.Tensor4D, f as tf.Tensor4D, b as tf.Tensor1D, 2, 0.2);
  const up = (a: tf.Tensor) => ops.convTransposeAct(a as tf.Tensor4D, wideFilter, bias24, [9, 8], 2, 0);
  const wideFilter = tf.reshape(
    tf.slice(tf.reshape(rows, [12_000]), 0, 3 * 3 * 24 * 17),
    [3, 3, 24, 17],
  ) as tf.Tensor4D;
  const norm = (a: tf.Tensor) => ops.normAct(a, bias36, bias36, 1e-3, 0.2).y;
  const { gradientNorm, next } = ops.adamUpdate(
    [long, tall].map((t) => ({ param: t, grad: t, m: t, v: tf.square(t), average: t })),
    { alpha: 1e-3, beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
    { first: 1, second: 1 },
    0.9,
  );
  return [
    down(x, filter, bias17),
    ...tf.grads(down)([x, filter, bias17], y),
    up(y),
    tf.grad(up)(y),
    tf.grad((f) => ops.conv2d(tf.reshape(rows, [10, 10, 10, 12]), f as tf.Tensor4D, 1))(
      tf.reshape(tf.slice(tf.reshape(rows, [12_000]), 0, 5 * 5 * 12 * 8), [5, 5, 12, 8]),
    ),
    ops.denseAct(rows, matrix, bias24, 0.2),
    tf.matMul(tall, narrow, true),
    tf.matMul(tall, tf.reshape(tf.slice(long, 0, 180), [180, 1])),
    tf.matMul(tall, tf.reshape(tf.slice(long, 0, 700), [700, 1]), true),
    ops.affineAct(wide, bias36, bias36, 0.2),
    norm(wide),
    tf.grad(norm)(wide),
    ops.biasAct(wide, bias36, 0.2),
    tf.grad((a) => ops.biasAct(a, bias36, 0.2))(wide),
    ops.biasTanh(wide, bias36),
    tf.grad((a) => ops.biasTanh(a, bias36))(wide),
    ops.blend(long, tf.square(long), 0.3),
    gradientNorm,
    ...next.flatMap(({ param, m, v, average }) => [param, m, v, average as tf.Tensor]),
    bias5,
  ];
}

/** Whether the bits are the same, output by output. (toEqual would take its time over every number.) */
const alike = (left: readonly Plain[], right: readonly Plain[]) =>
  left.map(({ values }, i) => Buffer.from(values.buffer).equals(Buffer.from((right[i] as Plain).values.buffer)));

test('any cuts, in any order, parts done twice: the same bits', { timeout: PATIENCE }, async () => {
  const inputs = shapes.map((shape, i) => noise(shape, i + 1));
  const seen = new Set<number>();
  const whole = await withRun(
    runtime,
    (run, ...call) => {
      seen.add(call[0]);
      run(...call);
    },
    () => on('wasm', inputs, everything),
  );
  expect([...seen].sort((a, b) => a - b)).toEqual(Object.values(KERNEL));
  for (const { values } of whole) expect(values.every((value) => !Number.isNaN(value))).toBe(true);
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.constantFrom(1, 2, 5), async (numbers, mostCuts) => {
      const next = (below: number) => (numbers.next().value as number) % below;
      const cut = await withRun(
        runtime,
        (run, kernel, job, scratch, from, to) => {
          const cuts = Array.from({ length: mostCuts }, () => from + next(to - from + 1));
          const edges = [from, ...cuts, to].sort((a, b) => a - b);
          const ranges = edges.slice(1).map((end, i) => [edges[i] as number, end] as const);
          const twice = [...ranges, ...ranges.filter(() => next(2) === 0)];
          while (twice.length > 0) {
            const [[start, end]] = twice.splice(next(twice.length), 1) as [readonly [number, number]];
            run(kernel, job, scratch, start, end);
          }
        },
        () => on('wasm', inputs, everything),
      );
      expect(alike(cut, whole)).toEqual(whole.map(() => true));
    }),
    { numRuns: 12, seed: 7 },
  );
});
