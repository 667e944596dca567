import type * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../../config/errors.ts';
import type {
  AdamAttrs,
  BlendAttrs,
  ConvActAttrs,
  ConvTransposeActAttrs,
  FusedName,
  NormAttrs,
  PowerAttrs,
  SlopeAttrs,
  TargetAttrs,
} from '../fused.ts';
import { biasAct, biasActGrad, biasTanh, biasTanhGrad } from './activationKernels.ts';
import { convAct, convTransposeAct } from './convKernels.ts';
import { bce, bceGrad, meanSigmoid } from './lossKernels.ts';
import { denseAct } from './matmulKernel.ts';
import { affineAct, normAct, normActGrad } from './normKernels.ts';
import { adam, blend } from './optimizerKernels.ts';
import type { KernelRuntime } from './runtime.ts';
import { powerIteration } from './spectralKernel.ts';

type Tensor = tf.TensorInfo;

/** A kernel of the contract in ../fused.ts, of which it takes the names and the attributes. */
type Fused<Attrs> = (runtime: KernelRuntime, tensor: (name: string) => Tensor, attrs: Attrs) => Tensor | Tensor[];

interface Attrs {
  DuelConvAct: ConvActAttrs;
  DuelConvTransposeAct: ConvTransposeActAttrs;
  DuelDenseAct: SlopeAttrs;
  DuelBiasAct: SlopeAttrs;
  DuelBiasActGrad: SlopeAttrs;
  DuelBiasTanh: object;
  DuelBiasTanhGrad: object;
  DuelNormAct: NormAttrs;
  DuelNormActGrad: NormAttrs;
  DuelAffineAct: SlopeAttrs;
  DuelBce: TargetAttrs;
  DuelBceGrad: TargetAttrs;
  DuelMeanSigmoid: object;
  DuelBlend: BlendAttrs;
  DuelAdam: AdamAttrs;
  DuelPowerIteration: PowerAttrs;
}

const kernels: { readonly [Name in FusedName]: Fused<Attrs[Name]> } = {
  DuelConvAct: (runtime, of, attrs) => convAct(runtime, of('x'), of('filter'), of('bias'), attrs),
  DuelConvTransposeAct: (runtime, of, attrs) => convTransposeAct(runtime, of('x'), of('filter'), of('bias'), attrs),
  DuelDenseAct: (runtime, of, attrs) => denseAct(runtime, of('x'), of('kernel'), of('bias'), attrs),
  DuelBiasAct: (runtime, of, attrs) => biasAct(runtime, of('x'), of('bias'), attrs),
  DuelBiasActGrad: (runtime, of, attrs) => biasActGrad(runtime, of('y'), of('dy'), attrs),
  DuelBiasTanh: (runtime, of) => biasTanh(runtime, of('x'), of('bias')),
  DuelBiasTanhGrad: (runtime, of) => biasTanhGrad(runtime, of('y'), of('dy')),
  DuelNormAct: (runtime, of, attrs) => normAct(runtime, of('x'), of('gamma'), of('beta'), attrs),
  DuelNormActGrad: (runtime, of, attrs) => {
    const [x, y, dy, gamma, mean, variance] = [of('x'), of('y'), of('dy'), of('gamma'), of('mean'), of('variance')];
    return normActGrad(runtime, { x, y, dy, gamma, mean, variance }, attrs);
  },
  DuelAffineAct: (runtime, of, attrs) => affineAct(runtime, of('x'), of('scale'), of('shift'), attrs),
  DuelBce: (runtime, of, attrs) => bce(runtime, of('logits'), attrs),
  DuelBceGrad: (runtime, of, attrs) => bceGrad(runtime, of('logits'), of('dy'), attrs),
  DuelMeanSigmoid: (runtime, of) => meanSigmoid(runtime, of('x')),
  DuelBlend: (runtime, of, attrs) => blend(runtime, of('a'), of('b'), attrs),
  DuelAdam: (runtime, of, attrs) => adam(runtime, of, attrs),
  DuelPowerIteration: (runtime, of, attrs) => powerIteration(runtime, of('matrix'), of('u'), attrs),
};

/** The kernels by the names under which tfjs looks for them, on a runtime. */
export function fusedKernels(runtime: KernelRuntime): [string, (args: KernelArgs) => Tensor | Tensor[]][] {
  return Object.entries(kernels).map(([name, kernel]) => [
    name,
    ({ inputs, attrs }) => (kernel as Fused<unknown>)(runtime, (input) => named(inputs, input), attrs),
  ]);
}

type KernelArgs = Parameters<tf.KernelFunc>[0];

/** An input that must be there. */
export function named(inputs: KernelArgs['inputs'], name: string): Tensor {
  const tensor = inputs[name];
  if (!tensor) throw new DuelError('internal', { message: `kernel input ${name} is missing` });
  return tensor;
}
