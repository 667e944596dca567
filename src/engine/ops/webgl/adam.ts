import type * as tf from '@tensorflow/tfjs-core';
import { globalNorm } from '../composed.ts';
import type { AdamAttrs } from '../fused.ts';
import { blend } from './activation.ts';
import { elementwise, type Tensor, type TfjsWebGlBackend } from './program.ts';

/**
 * See `adamUpdate` in ../optimizer.ts, and FUSED.adam for what goes in and comes out. A shader writes one texture, so that
 * each parameter takes three or, with an average, four of them, where the composed op takes 13 or 16.
 */
export function adam(backend: TfjsWebGlBackend, inputs: Readonly<Record<string, Tensor>>, attrs: AdamAttrs): Tensor[] {
  const { count, stepSize, beta1, beta2, scaledEpsilon, averaged, keep } = attrs;
  const made: Tensor[] = [];
  for (let i = 0; i < count; i++) {
    const of = (name: string) => inputs[`${name}${i}`] as Tensor;
    const [param, grad] = [of('param'), of('grad')];
    const { shape: outputShape } = param;
    const m = blend(backend, of('m'), grad, { keep: beta1 });
    const uniforms = { keep: beta2, take: 1 - beta2 };
    const v = elementwise(
      backend,
      { inputs: { V: of('v'), G: grad }, uniforms, outputShape },
      'keep * v + take * g * g',
    );
    const moved = elementwise(
      backend,
      { inputs: { P: param, M: m, V: v }, uniforms: { stepSize, scaledEpsilon }, outputShape },
      'p - stepSize * m / (sqrt(v) + scaledEpsilon)',
    );
    made.push(moved, m, v, ...(averaged ? [blend(backend, of('average'), moved, { keep })] : []));
  }
  const grads = Array.from({ length: count }, (_, i) => inputs[`grad${i}`] as tf.Tensor);
  return [globalNorm(grads), ...made];
}
