import type * as tf from '@tensorflow/tfjs-core';
import type { PowerAttrs } from '../fused.ts';
import { matMul } from './matmul.ts';
import { groupSize, type Program } from './program.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

const unitsProgram = {
  name: 'unitVectors',
  reads: { left: 'f32', right: 'f32' },
  writes: { u: 'f32', v: 'f32' },
  params: { rows: 'i32', columns: 'i32', epsilon: 'f32' },
  declarations: `
var<workgroup> ofLeft: array<f32, ${groupSize}>;
var<workgroup> ofRight: array<f32, ${groupSize}>;`,
  body: `
      var squares = 0.0;
      for (var i = lane; i < rows; i += ${groupSize}) { squares += left[i] * left[i]; }
      ofLeft[lane] = squares;
      squares = 0.0;
      for (var i = lane; i < columns; i += ${groupSize}) { squares += right[i] * right[i]; }
      ofRight[lane] = squares;
      workgroupBarrier();
      if (group != 0) { return; }
      var sumLeft = 0.0;
      var sumRight = 0.0;
      for (var other = 0; other < ${groupSize}; other++) {
        sumLeft += ofLeft[other];
        sumRight += ofRight[other];
      }
      // u = W v / |W v| with v = right / (|right| + epsilon): left is W right, longer by that divisor.
      let ofV = sqrt(sumRight) + epsilon;
      let ofU = sqrt(sumLeft) / ofV + epsilon;
      for (var i = lane; i < columns; i += ${groupSize}) { v[i] = right[i] / ofV; }
      for (var i = lane; i < rows; i += ${groupSize}) { u[i] = left[i] / ofV / ofU; }`,
} as const satisfies Program;

/** See `powerIteration` in ../index.ts: u and v. Three dispatches an iteration. */
export function powerIteration(runtime: Runtime, matrix: Tensor, first: Tensor, attrs: PowerAttrs): Tensor[] {
  const [rows, columns] = matrix.shape as [number, number];
  const plain = { batch: 1, transposeB: false, stepA: 0, stepB: 0, columns: 1 };
  let made: [Tensor, Tensor] | undefined;
  for (let i = 0; i < attrs.iterations; i++) {
    const from = made?.[0] ?? first;
    const right = matMul(runtime, matrix, from, { ...plain, rows: columns, depth: rows, transposeA: true }, [columns]);
    const left = matMul(runtime, matrix, right, { ...plain, rows, depth: columns, transposeA: false }, [rows]);
    const next: [Tensor, Tensor] = [runtime.output([rows]), runtime.output([columns])];
    runtime.run(unitsProgram, {
      reads: { left, right },
      writes: { u: next[0], v: next[1] },
      params: { rows, columns, epsilon: attrs.epsilon },
      groups: 1,
    });
    for (const tensor of [left, right, ...(made ?? [])]) runtime.release(tensor);
    made = next;
  }
  if (!made) throw new RangeError('a power iteration needs at least one');
  return made;
}
