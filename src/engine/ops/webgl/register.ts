import * as tf from '@tensorflow/tfjs-core';
import {
  type AdamAttrs,
  type BlendAttrs,
  FUSED,
  type FusedName,
  type NormAttrs,
  type SlopeAttrs,
  type TargetAttrs,
} from '../fused.ts';
import { affineAct, biasAct, biasActGrad, biasTanh, biasTanhGrad, blend } from './activation.ts';
import { adam } from './adam.ts';
import { bce, bceGrad, meanSigmoid } from './loss.ts';
import { type NormGradInputs, normAct, normActGrad } from './norm.ts';
import type { Tensor, TfjsWebGlBackend } from './program.ts';

type Inputs = Readonly<Record<string, Tensor>>;
type Kernel = (backend: TfjsWebGlBackend, inputs: Inputs, attrs: unknown) => Tensor | Tensor[];

/** Inputs are there: the ops say so. */
const of = (inputs: Inputs, name: string) => inputs[name] as Tensor;

/** Where a stock convolution or product runs, its bias and activation follow in one shader. */
export const kernels: Readonly<Partial<Record<FusedName, Kernel>>> = {
  [FUSED.biasAct]: (backend, inputs, attrs) =>
    biasAct(backend, of(inputs, 'x'), of(inputs, 'bias'), attrs as SlopeAttrs),
  [FUSED.biasActGrad]: (backend, inputs, attrs) =>
    biasActGrad(backend, of(inputs, 'y'), of(inputs, 'dy'), attrs as SlopeAttrs),
  [FUSED.biasTanh]: (backend, inputs) => biasTanh(backend, of(inputs, 'x'), of(inputs, 'bias')),
  [FUSED.biasTanhGrad]: (backend, inputs) => biasTanhGrad(backend, of(inputs, 'y'), of(inputs, 'dy')),
  [FUSED.normAct]: (backend, inputs, attrs) =>
    normAct(backend, of(inputs, 'x'), of(inputs, 'gamma'), of(inputs, 'beta'), attrs as NormAttrs),
  [FUSED.normActGrad]: (backend, inputs, attrs) =>
    normActGrad(backend, inputs as unknown as NormGradInputs, attrs as NormAttrs),
  [FUSED.affineAct]: (backend, inputs, attrs) =>
    affineAct(backend, of(inputs, 'x'), of(inputs, 'scale'), of(inputs, 'shift'), attrs as SlopeAttrs),
  [FUSED.bce]: (backend, inputs, attrs) => bce(backend, of(inputs, 'logits'), attrs as TargetAttrs),
  [FUSED.bceGrad]: (backend, inputs, attrs) =>
    bceGrad(backend, of(inputs, 'logits'), of(inputs, 'dy'), attrs as TargetAttrs),
  [FUSED.meanSigmoid]: (backend, inputs) => meanSigmoid(backend, of(inputs, 'x')),
  [FUSED.blend]: (backend, inputs, attrs) => blend(backend, of(inputs, 'a'), of(inputs, 'b'), attrs as BlendAttrs),
  [FUSED.adam]: (backend, inputs, attrs) => adam(backend, inputs, attrs as AdamAttrs),
};

/** Registers our kernels for tfjs' WebGL backend. Safe to call again. */
export function registerKernels(): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, 'webgl')) continue;
    tf.registerKernel({
      kernelName,
      backendName: 'webgl',
      kernelFunc: ({ inputs, backend, attrs }) => kernel(backend as TfjsWebGlBackend, inputs as Inputs, attrs),
    });
  }
}
