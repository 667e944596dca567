import * as tf from '@tensorflow/tfjs-core';
import type { TargetAttrs } from '../fused.ts';
import { groupSize, type Program } from './program.ts';
import { groupsFor } from './rows.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

/**
 * log(1 + e) as 2 artanh(e / (2 + e)): for e in [0, 1] its series is exact to float32. The built-in log is only held to an
 * absolute error of 2^-21 near 1, which is every digit of a small loss.
 */
const functions = `
fn log1p(e: f32) -> f32 {
  let z = e / (2.0 + e);
  let w = z * z;
  let series = 1.0 + w * (1.0 / 3 + w * (1.0 / 5 + w * (1.0 / 7 + w * (1.0 / 9 + w * (1.0 / 11 + w / 13)))));
  return 2.0 * z * series;
}
fn softplus(x: f32) -> f32 { return max(x, 0.0) + log1p(exp(-abs(x))); }
fn sigmoid(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(e, 1.0, x >= 0.0) / (1.0 + e);
}`;

/** The mean of something over all values, by one workgroup: logits are as many as a batch has images. */
function meanProgram<P extends string>(name: string, scalars: readonly P[], expression: string) {
  const fields = scalars.map((scalar) => [scalar, 'f32'] as const);
  return {
    name,
    reads: { x: 'f32' },
    writes: { result: 'f32' },
    params: { size: 'i32', ...(Object.fromEntries(fields) as Record<P, 'f32'>) },
    declarations: `${functions}\nvar<workgroup> scratch: array<f32, ${groupSize}>;`,
    body: `
      var sum = 0.0;
      for (var i = lane; i < size; i += ${groupSize}) {
        let v = x[i];
        sum += ${expression};
      }
      scratch[lane] = sum;
      workgroupBarrier();
      if (index != 0) { return; }
      for (var other = 1; other < ${groupSize}; other++) { sum += scratch[other]; }
      result[0] = sum / f32(size);`,
  } as const satisfies Program;
}

const bceProgram = meanProgram('bce', ['label'], 'label * softplus(-v) + (1.0 - label) * softplus(v)');
const meanSigmoidProgram = meanProgram('meanSigmoid', [], 'sigmoid(v)');

/** See `bceWithLogits` in ../index.ts. */
export function bce(runtime: Runtime, logits: Tensor, { target }: TargetAttrs): Tensor {
  const result = runtime.output([]);
  const params = { size: tf.util.sizeFromShape(logits.shape), label: target };
  runtime.run(bceProgram, { reads: { x: logits }, writes: { result }, params, groups: 1 });
  return result;
}

/** See `meanSigmoid` in ../index.ts. */
export function meanSigmoid(runtime: Runtime, x: Tensor): Tensor {
  const result = runtime.output([]);
  const params = { size: tf.util.sizeFromShape(x.shape) };
  runtime.run(meanSigmoidProgram, { reads: { x }, writes: { result }, params, groups: 1 });
  return result;
}

const bceGradProgram = {
  name: 'bceGrad',
  reads: { logits: 'f32', dy: 'f32' },
  writes: { dlogits: 'f32' },
  params: { size: 'i32', label: 'f32' },
  declarations: functions,
  // Not sigmoid(x) - target: for target 1 and a large x that would be the difference of two ones.
  body: `
      if (index >= size) { return; }
      let v = logits[index];
      dlogits[index] = dy[0] * ((1.0 - label) * sigmoid(v) - label * sigmoid(-v)) / f32(size);`,
} as const satisfies Program;

/** The gradient with respect to the logits. */
export function bceGrad(runtime: Runtime, logits: Tensor, dy: Tensor, { target }: TargetAttrs): Tensor {
  const dlogits = runtime.output(logits.shape);
  const size = tf.util.sizeFromShape(logits.shape);
  const params = { size, label: target };
  runtime.run(bceGradProgram, { reads: { logits, dy }, writes: { dlogits }, params, groups: groupsFor(size) });
  return dlogits;
}
