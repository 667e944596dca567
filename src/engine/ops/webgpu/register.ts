import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../../config/errors.ts';
import type {
  AdamAttrs,
  BlendAttrs,
  ConvActAttrs,
  ConvTransposeActAttrs,
  NormAttrs,
  PowerAttrs,
  SlopeAttrs,
  TargetAttrs,
} from '../fused.ts';
import { FUSED } from '../fused.ts';
import { type ConvAttrs, convInfo, matMulSizes, sameInfo } from '../geometry.ts';
import { biasActGrad, biasTanhGrad } from './activationGrad.ts';
import { adam } from './adam.ts';
import { conv2d, conv2dFilter, conv2dInput } from './conv.ts';
import { affineAct, biasAct, biasTanh, blend } from './elementwise.ts';
import { bce, bceGrad, meanSigmoid } from './loss.ts';
import { matMul } from './matmul.ts';
import { normAct, normActGrad } from './norm.ts';
import { powerIteration } from './power.ts';
import type { Runtime } from './runtime.ts';

type KernelFunc = tf.KernelFunc;
type Args = Parameters<KernelFunc>[0];

/** tfjs's own kernels, kept from before the first registration: the way out where ours does not apply. */
const stock = new Map<string, KernelFunc>();
const registered = new Set<string>();

/**
 * Registers `kernel` for backend 'webgpu'; where it returns undefined, tfjs's kernel of that name runs.
 *
 * @param names of the inputs
 */
function register<N extends string, Attrs>(
  name: string,
  names: readonly N[],
  kernel: (inputs: Readonly<Record<N, tf.TensorInfo>>, attrs: Attrs) => ReturnType<KernelFunc> | undefined,
): void {
  const existing = tf.getKernel(name, 'webgpu');
  if (existing && !registered.has(name)) stock.set(name, existing.kernelFunc);
  registered.add(name);
  if (existing) tf.unregisterKernel(name, 'webgpu');
  tf.registerKernel({
    kernelName: name,
    backendName: 'webgpu',
    kernelFunc: (args: Args) => {
      const inputs = args.inputs as Record<N, tf.TensorInfo>;
      const given: (tf.TensorInfo | undefined)[] = [
        ...names.map((input) => inputs[input]),
        ...Object.values<tf.TensorInfo>(inputs),
      ];
      const applies = given.every((input) => input?.dtype === 'float32' && !input.shape.includes(0));
      const result = applies ? kernel(inputs, args.attrs as Attrs) : undefined;
      if (result !== undefined) return result;
      const fallback = stock.get(name);
      if (fallback) return fallback(args);
      throw new DuelError('internal', { message: `${name}: no WebGPU kernel for these shapes` });
    },
  });
}

/** Replaces tfjs's convolutions and matrix products for backend 'webgpu' by ours, and adds the fused kernels. */
export function registerKernels(runtime: Runtime): void {
  registerStock(runtime);
  registerLayers(runtime);
  registerLosses(runtime);
}

function registerStock(runtime: Runtime): void {
  register('Conv2D', ['x', 'filter'], ({ x, filter }, attrs: ConvAttrs) => {
    const info = convInfo(x.shape, filter.shape, attrs);
    return info && conv2d(runtime, x, filter, info);
  });
  register('Conv2DBackpropInput', ['dy', 'filter'], ({ dy, filter }, attrs: ConvAttrs) => {
    const info = convInfo(attrs.inputShape, filter.shape, attrs);
    return info && conv2dInput(runtime, dy, filter, info);
  });
  register('Conv2DBackpropFilter', ['x', 'dy'], ({ x, dy }, attrs: ConvAttrs) => {
    const info = convInfo(x.shape, attrs.filterShape, attrs);
    return info && conv2dFilter(runtime, x, dy, info);
  });
  register(
    'BatchMatMul',
    ['a', 'b'],
    ({ a, b }, { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean }) => {
      const found = matMulSizes(a.shape, b.shape, transposeA, transposeB);
      return found && matMul(runtime, a, b, found.sizes, found.shape);
    },
  );
}

function registerLayers(runtime: Runtime): void {
  register(FUSED.convAct, ['x', 'filter', 'bias'], ({ x, filter, bias }, { stride, slope }: ConvActAttrs) =>
    conv2d(runtime, x, filter, sameInfo(x.shape, filter.shape, stride), { bias, slope }),
  );
  register(
    FUSED.convTransposeAct,
    ['x', 'filter', 'bias'],
    ({ x, filter, bias }, { stride, slope, height, width }: ConvTransposeActAttrs) => {
      const shape = [x.shape[0] as number, height, width, filter.shape[2] as number];
      return conv2dInput(runtime, x, filter, sameInfo(shape, filter.shape, stride), { bias, slope });
    },
  );
  register(FUSED.denseAct, ['x', 'kernel', 'bias'], ({ x, kernel, bias }, { slope }: SlopeAttrs) => {
    const found = matMulSizes(x.shape, kernel.shape, false, false);
    return found && matMul(runtime, x, kernel, found.sizes, found.shape, { bias, slope });
  });
  register(FUSED.biasAct, ['x', 'bias'], ({ x, bias }, attrs: SlopeAttrs) => biasAct(runtime, x, bias, attrs));
  register(FUSED.biasActGrad, ['y', 'dy'], ({ y, dy }, attrs: SlopeAttrs) => biasActGrad(runtime, y, dy, attrs));
  register(FUSED.biasTanh, ['x', 'bias'], ({ x, bias }) => biasTanh(runtime, x, bias));
  register(FUSED.biasTanhGrad, ['y', 'dy'], ({ y, dy }) => biasTanhGrad(runtime, y, dy));
  register(FUSED.affineAct, ['x', 'scale', 'shift'], ({ x, scale, shift }, attrs: SlopeAttrs) =>
    affineAct(runtime, x, scale, shift, attrs),
  );
  register(FUSED.normAct, ['x', 'gamma', 'beta'], ({ x, gamma, beta }, attrs: NormAttrs) =>
    normAct(runtime, x, gamma, beta, attrs),
  );
  register(FUSED.normActGrad, ['x', 'y', 'dy', 'gamma', 'mean', 'variance'], (inputs, attrs: NormAttrs) =>
    normActGrad(runtime, inputs, attrs),
  );
}

function registerLosses(runtime: Runtime): void {
  register(FUSED.bce, ['logits'], ({ logits }, attrs: TargetAttrs) => bce(runtime, logits, attrs));
  register(FUSED.bceGrad, ['logits', 'dy'], ({ logits, dy }, attrs: TargetAttrs) =>
    bceGrad(runtime, logits, dy, attrs),
  );
  register(FUSED.meanSigmoid, ['x'], ({ x }) => meanSigmoid(runtime, x));
  register(FUSED.blend, ['a', 'b'], ({ a, b }, attrs: BlendAttrs) => blend(runtime, a, b, attrs));
  register(FUSED.adam, [], (inputs, attrs: AdamAttrs) => adam(runtime, inputs, attrs));
  register(FUSED.powerIteration, ['matrix', 'u'], ({ matrix, u }, attrs: PowerAttrs) =>
    powerIteration(runtime, matrix, u, attrs),
  );
}
