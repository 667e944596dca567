import * as tf from '@tensorflow/tfjs-core';
import type { TargetAttrs } from '../fused.ts';
import { columnSum } from './columns.ts';
import { elementwise, type Tensor, type TfjsWebGlBackend } from './program.ts';

/** exp never sees a positive number, and so cannot overflow. */
const sigmoidFunction = `
      vec4 sigmoidOf(vec4 x) {
        vec4 e = exp(-abs(x));
        return mix(e, vec4(1.), vec4(greaterThanEqual(x, vec4(0.)))) / (1. + e);
      }`;

/**
 * log(1 + e^-|x|) as 2 artanh(s), s = e / (2 + e), which is at most 1/3: its series loses no digits for small e, as the
 * logarithm of 1 + e does.
 */
const lossFunction = `
      vec4 lossOf(vec4 x, float target) {
        vec4 e = exp(-abs(x));
        vec4 s = e / (2. + e);
        vec4 q = s * s;
        vec4 series = 1./3. + q * (1./5. + q * (1./7. + q * (1./9. + q * (1./11. + q * (1./13. + q / 15.)))));
        return 2. * s * (1. + q * series) + target * max(-x, 0.) + (1. - target) * max(x, 0.);
      }`;

/** The mean of something computed from each element. @returns a scalar */
function mean(
  backend: TfjsWebGlBackend,
  x: Tensor,
  sum: { readonly functions: string; readonly uniforms?: Readonly<Record<string, number>>; readonly value: string },
): Tensor {
  const count = tf.util.sizeFromShape(x.shape);
  return columnSum(backend, { ...sum, rows: { X: { ...x, shape: [count, 1] } }, scale: 1 / count, scalar: true });
}

/** See `bceWithLogits` in ../loss.ts, and FUSED.bceGrad. */
export function bce(backend: TfjsWebGlBackend, logits: Tensor, { target }: TargetAttrs): Tensor {
  return mean(backend, logits, { functions: lossFunction, uniforms: { target }, value: 'lossOf(x, target)' });
}

export function bceGrad(backend: TfjsWebGlBackend, logits: Tensor, dy: Tensor, { target }: TargetAttrs): Tensor {
  const share = 1 / tf.util.sizeFromShape(logits.shape);
  const shader = { inputs: { X: logits, D: dy }, uniforms: { target, share }, outputShape: logits.shape };
  return elementwise(backend, { ...shader, functions: sigmoidFunction }, 'd * share * (sigmoidOf(x) - target)');
}

export function meanSigmoid(backend: TfjsWebGlBackend, x: Tensor): Tensor {
  return mean(backend, x, { functions: sigmoidFunction, value: 'sigmoidOf(x)' });
}
