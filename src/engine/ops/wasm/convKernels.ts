import type * as tf from '@tensorflow/tfjs-core';
import type { ConvActAttrs, ConvTransposeActAttrs } from '../fused.ts';
import { type ConvInfo, sameInfo } from '../geometry.ts';
import { type Ending, endingBytes, runTiles, tileJobBytes, writeEnding } from './convTiles.ts';
import { conv2dInputGrad } from './inputGradKernels.ts';
import { pack, packBytes, wholePart } from './packing.ts';
import type { KernelRuntime } from './runtime.ts';
import { COLUMNS, panelBytes } from './tiles.ts';

type Tensor = tf.TensorInfo;

/** Below this many channels, windows are copied together first: their lines are too short to stream. */
const NARROW_CHANNELS = 16;

/** See `convAct` in ../conv.ts. */
export function convAct(
  runtime: KernelRuntime,
  x: Tensor,
  filter: Tensor,
  bias: Tensor,
  { stride, slope }: ConvActAttrs,
): Tensor {
  return conv2d(runtime, x, filter, sameInfo(x.shape, filter.shape, stride), { bias, slope });
}

/** See `convTransposeAct` in ../conv.ts. */
export function convTransposeAct(
  runtime: KernelRuntime,
  x: Tensor,
  filter: Tensor,
  bias: Tensor,
  { stride, slope, height, width }: ConvTransposeActAttrs,
): Tensor {
  const info = sameInfo([x.shape[0] ?? 0, height, width, filter.shape[2] ?? 0], filter.shape, stride);
  return conv2dInputGrad(runtime, x, filter, info, { bias, slope });
}

/** Forward convolution: x [n, h, w, c] with filter [kh, kw, c, f]. */
export function conv2d(runtime: KernelRuntime, x: Tensor, filter: Tensor, info: ConvInfo, ending?: Ending): Tensor {
  const { heap } = runtime;
  const { filterHeight, filterWidth, inChannels: channels, outChannels: filters, padInfo } = info;
  const depth = filterHeight * filterWidth * channels;
  const lines = Array.from({ length: filterHeight }, (_, i) => ({
    dy: i - padInfo.top,
    dx: -padInfo.left,
    pixels: filterWidth,
    panel: 4 * COLUMNS * i * filterWidth * channels,
  }));
  const y = heap.output(info.outShape);
  const [packing, panels, end, jobs] = heap.scratch([
    packBytes(1),
    panelBytes(depth, filters),
    endingBytes(filters, channels),
    tileJobBytes(1, lines.length),
  ]);
  const matrix = { source: heap.pointer(filter), depth, columns: filters, rowStride: filters, columnStride: 1 };
  pack(runtime, packing, { ...matrix, target: panels }, [wholePart(depth)]);
  const { zeros, bias, slope } = writeEnding(runtime, end, filters, channels, ending);
  runTiles(runtime, jobs, [
    {
      zeros,
      bias,
      slope,
      lines,
      windows: channels < NARROW_CHANNELS,
      source: heap.pointer(x),
      target: heap.pointer(y),
      panels,
      depth,
      batch: info.batchSize,
      height: info.inHeight,
      width: info.inWidth,
      channels,
      gridHeight: info.outHeight,
      gridWidth: info.outWidth,
      strideY: info.strideHeight,
      strideX: info.strideWidth,
      targetHeight: info.outHeight,
      targetWidth: info.outWidth,
      filters,
      targetStrideY: 1,
      targetStrideX: 1,
      targetY: 0,
      targetX: 0,
    },
  ]);
  return y;
}
