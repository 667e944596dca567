import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../../config/errors.ts';
import { FUSED, type NormAttrs, type SlopeAttrs } from '../fused.ts';
import { conv2d, conv2dFilterGrad, conv2dInputGrad } from './convKernels.ts';
import { affineAct, biasAct, biasActGrad, normAct, normActGrad, segmentSum } from './fusedKernels.ts';
import { product, productSizes } from './matmulKernel.ts';
import { type KernelRuntime, surviving } from './runtime.ts';

type KernelFunc = tf.KernelFunc;
type Inputs = Parameters<KernelFunc>[0]['inputs'];

/** Stock kernels, kept from before the first registration: the way out where ours does not apply. */
const stock = new Map<string, KernelFunc>();
const registered = new Set<string>();
/** What the kernels run on, once registered. */
let runtime: KernelRuntime | undefined;

/** Registers `kernel` for backend 'wasm'; where it returns undefined, the stock kernel of that name runs. */
function register(kernelName: string, kernel: (args: Parameters<KernelFunc>[0]) => ReturnType<KernelFunc> | undefined) {
  const existing = tf.getKernel(kernelName, 'wasm');
  if (existing && !registered.has(kernelName)) stock.set(kernelName, existing.kernelFunc);
  registered.add(kernelName);
  if (existing) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: (args) => {
      const result = runtime ? surviving(runtime, () => kernel(args)) : kernel(args);
      if (result !== undefined) return result;
      const fallback = stock.get(kernelName);
      if (fallback) return fallback(args);
      throw new DuelError('internal', { message: `${kernelName}: no WASM kernel for these shapes` });
    },
  });
}

function input(inputs: Inputs, name: string): tf.TensorInfo {
  const tensor = inputs[name];
  if (!tensor) throw new DuelError('internal', { message: `kernel input ${name} is missing` });
  return tensor;
}

interface ConvAttrs {
  strides: [number, number] | number;
  pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: [number, number] | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape?: [number, number, number, number];
  filterShape?: [number, number, number, number];
}

type Shape4 = [number, number, number, number];

/** Geometry of a convolution, or undefined where our kernels do not apply (NCHW, dilation, empty tensors). */
function convInfo(inputShape: readonly number[], filterShape: readonly number[], attrs: unknown) {
  const { strides, pad, dataFormat = 'NHWC', dilations = 1, dimRoundingMode } = attrs as ConvAttrs;
  const dilated = Array.isArray(dilations) ? dilations.some((d) => d !== 1) : dilations !== 1;
  if (dataFormat !== 'NHWC' || dilated) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );
  const sizes = [...inputShape, ...filterShape, ...info.outShape];
  return sizes.some((size) => size < 1) ? undefined : info;
}

/** Replaces tfjs' convolution and matrix-product kernels for backend 'wasm' by ours, and adds those it lacks. */
export function registerKernels(on: KernelRuntime): void {
  runtime = on;
  registerStock(on);
  registerFused(on);
}

/** Takes our kernels away again and puts tfjs' own back: for comparisons. */
export function unregisterKernels(): void {
  for (const name of registered) {
    tf.unregisterKernel(name, 'wasm');
    const kernelFunc = stock.get(name);
    if (kernelFunc) tf.registerKernel({ kernelName: name, backendName: 'wasm', kernelFunc });
  }
  registered.clear();
  stock.clear();
}

function registerFused(runtime: KernelRuntime): void {
  register(FUSED.biasAct, ({ inputs, attrs }) =>
    biasAct(runtime, input(inputs, 'x'), input(inputs, 'bias'), attrs as unknown as SlopeAttrs),
  );
  register(FUSED.biasActGrad, ({ inputs, attrs }) =>
    biasActGrad(runtime, input(inputs, 'y'), input(inputs, 'dy'), attrs as unknown as SlopeAttrs),
  );
  register(FUSED.affineAct, ({ inputs, attrs }) => {
    const [x, scale, shift] = [input(inputs, 'x'), input(inputs, 'scale'), input(inputs, 'shift')];
    return affineAct(runtime, x, scale, shift, attrs as unknown as SlopeAttrs);
  });
  register(FUSED.normAct, ({ inputs, attrs }) => {
    const [x, gamma, beta] = [input(inputs, 'x'), input(inputs, 'gamma'), input(inputs, 'beta')];
    return normAct(runtime, x, gamma, beta, attrs as unknown as NormAttrs);
  });
  register(FUSED.normActGrad, ({ inputs, attrs }) => {
    const tensors = {
      x: input(inputs, 'x'),
      y: input(inputs, 'y'),
      dy: input(inputs, 'dy'),
      gamma: input(inputs, 'gamma'),
      mean: input(inputs, 'mean'),
      variance: input(inputs, 'variance'),
    };
    return normActGrad(runtime, tensors, attrs as unknown as NormAttrs);
  });
}

function registerStock(runtime: KernelRuntime): void {
  register('Conv2D', ({ inputs, attrs }) => {
    const x = input(inputs, 'x');
    const filter = input(inputs, 'filter');
    const info = convInfo(x.shape, filter.shape, attrs);
    return info && conv2d(runtime, x, filter, info);
  });
  register('Conv2DBackpropInput', ({ inputs, attrs }) => {
    const dy = input(inputs, 'dy');
    const filter = input(inputs, 'filter');
    const info = convInfo((attrs as unknown as ConvAttrs).inputShape ?? [], filter.shape, attrs);
    return info && conv2dInputGrad(runtime, dy, filter, info);
  });
  register('Conv2DBackpropFilter', ({ inputs, attrs }) => {
    const x = input(inputs, 'x');
    const info = convInfo(x.shape, (attrs as unknown as ConvAttrs).filterShape ?? [], attrs);
    return info && conv2dFilterGrad(runtime, x, input(inputs, 'dy'), info);
  });
  register('BatchMatMul', ({ inputs, attrs }) => {
    const a = input(inputs, 'a');
    const b = input(inputs, 'b');
    const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
    const sizes = productSizes(a, b, transposeA, transposeB);
    if (!sizes) return undefined;
    const { batch, stepA, stepB, shape, ...matrix } = sizes;
    const { heap } = runtime;
    const c = heap.output(shape);
    for (let i = 0; i < batch; i++) {
      product(runtime, {
        ...matrix,
        a: heap.pointer(a) + i * stepA,
        b: heap.pointer(b) + i * stepB,
        c: heap.pointer(c) + 4 * i * matrix.rows * matrix.columns,
        transposeA,
        transposeB,
      });
    }
    return c;
  });
  // tfjs saves a clone of every tensor that a gradient needs. Stock WASM copies its values, where the other backends
  // count a reference: a step of DCGAN-28 copied 57 tensors.
  register('Identity', ({ inputs, backend }) => {
    const { dataId, shape, dtype } = input(inputs, 'x');
    if (dtype === 'string') return undefined;
    (backend as tf.KernelBackend).incRef(dataId);
    return { dataId, shape, dtype };
  });
  register('UnsortedSegmentSum', ({ inputs, attrs }) => {
    const x = input(inputs, 'x');
    const { numSegments } = attrs as unknown as { numSegments: number };
    return x.dtype === 'float32' ? segmentSum(runtime, x, input(inputs, 'segmentIds'), numSegments) : undefined;
  });
}
