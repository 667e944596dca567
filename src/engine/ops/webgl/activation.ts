import type { BlendAttrs, SlopeAttrs } from '../fused.ts';
import { columnSum } from './columns.ts';
import { elementwise, leakyFunctions, type Tensor, type TfjsWebGlBackend } from './program.ts';

/** See `biasAct` in ../activation.ts, as all of these. */
export function biasAct(backend: TfjsWebGlBackend, x: Tensor, bias: Tensor, { slope }: SlopeAttrs): Tensor {
  const shader = { inputs: { X: x, B: bias }, uniforms: { slope }, outputShape: x.shape, functions: leakyFunctions };
  return elementwise(backend, shader, 'leaky(x + b, slope)');
}

export function biasActGrad(backend: TfjsWebGlBackend, y: Tensor, dy: Tensor, { slope }: SlopeAttrs): Tensor[] {
  const shader = { inputs: { Y: y, D: dy }, uniforms: { slope }, outputShape: y.shape, functions: leakyFunctions };
  const dx = elementwise(backend, shader, 'leakyGrad(y, d, slope)');
  return [dx, columnSum(backend, { rows: { D: dx }, value: 'd' })];
}

/** tanh by an exponential that cannot overflow: not every driver's own is safe far out. */
const tanhFunction = `
      vec4 tanhOf(vec4 x) {
        vec4 e = exp(-2. * abs(x));
        return sign(x) * (1. - e) / (1. + e);
      }`;

export function biasTanh(backend: TfjsWebGlBackend, x: Tensor, bias: Tensor): Tensor {
  return elementwise(
    backend,
    { inputs: { X: x, B: bias }, outputShape: x.shape, functions: tanhFunction },
    'tanhOf(x + b)',
  );
}

export function biasTanhGrad(backend: TfjsWebGlBackend, y: Tensor, dy: Tensor): Tensor[] {
  const dx = elementwise(backend, { inputs: { Y: y, D: dy }, outputShape: y.shape }, 'd * (1. - y * y)');
  return [dx, columnSum(backend, { rows: { D: dx }, value: 'd' })];
}

export function affineAct(
  backend: TfjsWebGlBackend,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { slope }: SlopeAttrs,
): Tensor {
  const inputs = { X: x, S: scale, T: shift };
  const shader = { inputs, uniforms: { slope }, outputShape: x.shape, functions: leakyFunctions };
  return elementwise(backend, shader, 'leaky(x * s + t, slope)');
}

export function blend(backend: TfjsWebGlBackend, a: Tensor, b: Tensor, { keep }: BlendAttrs): Tensor {
  const uniforms = { keep, take: 1 - keep };
  return elementwise(backend, { inputs: { A: a, B: b }, uniforms, outputShape: a.shape }, 'keep * a + take * b');
}
