import type * as tf from '@tensorflow/tfjs-core';
import type { ConvActAttrs, ConvTransposeActAttrs } from '../fused.ts';
import { type ConvInfo, sameInfo } from './convInfo.ts';
import { type Ending, endingBytes, runTiles, tileJobBytes, writeEnding } from './convTiles.ts';
import { conv2dInputGrad } from './inputGradKernels.ts';
import { pack, packBytes, wholePart } from './packing.ts';
import type { KernelRuntime } from './runtime.ts';
import { COLUMNS, panelBytes, type TapFields } from './tiles.ts';

type Tensor = tf.TensorInfo;

/** Below this many channels, a tap is a whole window: single pixels are too short to stream. */
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
  const windows = channels < NARROW_CHANNELS;
  const taps = windows ? [{ dy: -padInfo.top, dx: -padInfo.left, bytes: 4 * depth, panel: 0 }] : pixelTaps(info);
  const y = heap.output(info.outShape);
  const [packing, panels, end, jobs] = heap.scratch([
    packBytes(1),
    panelBytes(depth, filters),
    endingBytes(filters, channels),
    tileJobBytes(1, taps.length),
  ]);
  // Taps follow one another in the filter: together they are one matrix.
  const matrix = { source: heap.pointer(filter), depth, columns: filters, rowStride: filters, columnStride: 1 };
  pack(runtime, packing, { ...matrix, target: panels }, [wholePart(depth)]);
  runTiles(runtime, jobs, [
    {
      ...writeEnding(runtime, end, filters, channels, ending),
      taps,
      ...(windows && { window: [filterHeight, filterWidth] as const }),
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

/** A tap for each pixel of the filter. */
function pixelTaps({ filterHeight, filterWidth, inChannels, padInfo }: ConvInfo): TapFields[] {
  return Array.from({ length: filterHeight * filterWidth }, (_, i) => ({
    dy: Math.floor(i / filterWidth) - padInfo.top,
    dx: (i % filterWidth) - padInfo.left,
    bytes: 4 * inChannels,
    panel: 4 * COLUMNS * i * inChannels,
  }));
}
