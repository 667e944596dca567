import type * as tf from '@tensorflow/tfjs-core';
import { type ConvAttrs, convInfo, matMulSizes } from '../geometry.ts';
import { conv2d } from './convKernels.ts';
import { conv2dFilterGrad } from './filterKernel.ts';
import { named } from './fusedKernels.ts';
import { conv2dInputGrad } from './inputGradKernels.ts';
import { product } from './matmulKernel.ts';
import type { KernelRuntime } from './runtime.ts';
import { segmentSum } from './segmentKernel.ts';

type Kernel = (args: Parameters<tf.KernelFunc>[0]) => tf.TensorInfo | undefined;

const convAttrs = (attrs: unknown) => attrs as ConvAttrs;

/** Our kernels for ops of tfjs itself, by name. One that returns undefined leaves the work to tfjs' own. */
export function stockKernels(runtime: KernelRuntime): Record<string, Kernel> {
  return {
    Conv2D: ({ inputs, attrs }) => {
      const [x, filter] = [named(inputs, 'x'), named(inputs, 'filter')];
      const info = convInfo(x.shape, filter.shape, convAttrs(attrs));
      return info && conv2d(runtime, x, filter, info);
    },

    Conv2DBackpropInput: ({ inputs, attrs }) => {
      const [dy, filter] = [named(inputs, 'dy'), named(inputs, 'filter')];
      const conv = convAttrs(attrs);
      const info = convInfo(conv.inputShape, filter.shape, conv);
      return info && conv2dInputGrad(runtime, dy, filter, info);
    },

    Conv2DBackpropFilter: ({ inputs, attrs }) => {
      const [x, dy] = [named(inputs, 'x'), named(inputs, 'dy')];
      const conv = convAttrs(attrs);
      const info = convInfo(x.shape, conv.filterShape, conv);
      return info && conv2dFilterGrad(runtime, x, dy, info);
    },

    BatchMatMul: ({ inputs, attrs }) => {
      const [a, b] = [named(inputs, 'a'), named(inputs, 'b')];
      const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
      if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
      const found = matMulSizes(a.shape, b.shape, transposeA, transposeB);
      if (!found) return undefined;
      const { batch, stepA, stepB, ...matrix } = found.sizes;
      const { heap } = runtime;
      const c = heap.output(found.shape);
      for (let i = 0; i < batch; i++) {
        product(runtime, {
          ...matrix,
          a: heap.pointer(a) + 4 * i * stepA,
          b: heap.pointer(b) + 4 * i * stepB,
          c: heap.pointer(c) + 4 * i * matrix.rows * matrix.columns,
        });
      }
      return c;
    },

    // tfjs saves a clone of every tensor that a gradient needs. Stock WASM copies its values, where the other backends
    // count a reference: a step of DCGAN-28 copied 57 tensors.
    Identity: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = named(inputs, 'x');
      if (dtype === 'string') return undefined;
      (backend as tf.KernelBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },

    UnsortedSegmentSum: ({ inputs, attrs }) => {
      const x = named(inputs, 'x');
      const { numSegments } = attrs as unknown as { numSegments: number };
      return x.dtype === 'float32' ? segmentSum(runtime, x, named(inputs, 'segmentIds'), numSegments) : undefined;
    },
  };
}
