import type * as tf from '@tensorflow/tfjs-core';
import type { ConvInfo } from '../geometry.ts';
import { bendInto } from './activationKernels.ts';
import {
  type Ending,
  endingBytes,
  matrixFields,
  runTiles,
  type TileJob,
  tileJobBytes,
  writeEnding,
  writeTileJobs,
} from './convTiles.ts';
import { KERNEL } from './kernelIds.ts';
import { jobBytes, writeJob } from './layouts.ts';
import { type Part, pack, packBytes, wholePart } from './packing.ts';
import { type KernelRuntime, parallel } from './runtime.ts';
import { COLUMNS, panelBytes, productGrain } from './tiles.ts';

type Tensor = tf.TensorInfo;

/** Below this many channels, an input gradient goes through columns: a tile would be mostly padding. */
const NARROW_CHANNELS = 8;
/** Positions whose columns are kept at least, unless the batch is smaller. */
const COLUMN_POSITIONS = 96;

/** Gradient with respect to the input: dy [n, oh, ow, f], filter [kh, kw, c, f] -> [n, h, w, c]. */
export function conv2dInputGrad(
  runtime: KernelRuntime,
  dy: Tensor,
  filter: Tensor,
  info: ConvInfo,
  ending?: Ending,
): Tensor {
  if (info.inChannels >= NARROW_CHANNELS) return byPhases(runtime, dy, filter, info, ending);
  const dx = byColumns(runtime, dy, filter, info);
  if (ending) bendInto(runtime, dx, ending.bias, dx, ending);
  return dx;
}

interface PhaseTap {
  readonly index: number;
  readonly shift: number;
}

/**
 * Taps of one axis that reach target pixels of one stride phase: kernel index, and source offset from the position. Shifts
 * are neighbours, and go up.
 */
function phaseTaps(phase: number, before: number, kernel: number, stride: number): PhaseTap[] {
  const taps: PhaseTap[] = [];
  for (let index = kernel - 1; index >= 0; index--) {
    const shift = (phase + before - index) / stride;
    if (Number.isInteger(shift)) taps.push({ index, shift });
  }
  return taps;
}

/**
 * The target pixels of one stride phase all use the same taps, so each phase is a convolution of stride one: no
 * multiplication with the zeros between the strides, and no scattered sums.
 */
function byPhases(runtime: KernelRuntime, dy: Tensor, filter: Tensor, info: ConvInfo, ending?: Ending): Tensor {
  const { heap } = runtime;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const { inHeight, inWidth, inChannels: channels, outChannels: filters } = info;
  const phases: { y: number; x: number; rows: PhaseTap[]; columns: PhaseTap[] }[] = [];
  for (let y = 0; y < Math.min(strideHeight, inHeight); y++) {
    for (let x = 0; x < Math.min(strideWidth, inWidth); x++) {
      const rows = phaseTaps(y, padInfo.top, filterHeight, strideHeight);
      const columns = phaseTaps(x, padInfo.left, filterWidth, strideWidth);
      // A phase that no tap reaches is still written, as nothing but bias.
      phases.push({ y, x, rows: columns.length > 0 ? rows : [], columns });
    }
  }
  const lineCount = phases.reduce((sum, { rows }) => sum + rows.length, 0);
  const tapCount = phases.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  const dx = heap.output(info.inShape);
  const [packing, panels, end, jobs] = heap.scratch([
    packBytes(tapCount),
    panelBytes(tapCount * filters, channels),
    endingBytes(channels, filters),
    tileJobBytes(phases.length, lineCount),
  ]);
  const fields = {
    ...writeEnding(runtime, end, channels, filters, ending),
    source: heap.pointer(dy),
    target: heap.pointer(dx),
    batch: info.batchSize,
    height: info.outHeight,
    width: info.outWidth,
    channels: filters,
    strideY: 1,
    strideX: 1,
    targetHeight: inHeight,
    targetWidth: inWidth,
    filters: channels,
    targetStrideY: strideHeight,
    targetStrideX: strideWidth,
  };
  const stepBytes = 4 * COLUMNS * filters;
  const parts: Part[] = [];
  let first = 0;
  const tileJobs = phases.map(({ y, x, rows, columns }): TileJob => {
    const taps = rows.flatMap((row) => columns.map((column) => row.index * filterWidth + column.index));
    const depth = taps.length * filters;
    taps.forEach((tap, i) => {
      parts.push({ from: tap * channels * filters, to: first + i * stepBytes, panelBytes: taps.length * stepBytes });
    });
    const job = {
      ...fields,
      panels: panels + first,
      depth,
      gridHeight: Math.ceil((inHeight - y) / strideHeight),
      gridWidth: Math.ceil((inWidth - x) / strideWidth),
      targetY: y,
      targetX: x,
      lines: rows.map(({ shift }, i) => ({
        dy: shift,
        dx: columns[0]?.shift ?? 0,
        pixels: columns.length,
        panel: i * columns.length * stepBytes,
      })),
    };
    first += panelBytes(depth, channels);
    return job;
  });
  // Depth runs over the filters and columns over the channels: the filter matrix, transposed.
  const matrix = {
    source: heap.pointer(filter),
    depth: filters,
    columns: channels,
    rowStride: 1,
    columnStride: filters,
  };
  pack(runtime, packing, { ...matrix, target: panels }, parts);
  runTiles(runtime, jobs, tileJobs);
  return dx;
}

/** dy times the transposed filter gives every tap's contribution as a row of columns, which are then added up. */
function byColumns(runtime: KernelRuntime, dy: Tensor, filter: Tensor, info: ConvInfo): Tensor {
  const { heap } = runtime;
  const { filterHeight, filterWidth, inChannels: channels, outChannels: filters } = info;
  const width = filterHeight * filterWidth * channels;
  const positions = info.outHeight * info.outWidth;
  const images = Math.min(info.batchSize, Math.ceil(COLUMN_POSITIONS / positions));
  const dx = heap.output(info.inShape);
  const [packing, panels, end, product, job] = heap.scratch([
    packBytes(1),
    panelBytes(filters, width),
    endingBytes(width, 0),
    tileJobBytes(1, 1),
    jobBytes('ColumnsJob'),
  ]);
  const matrix = { source: heap.pointer(filter), depth: filters, columns: width, rowStride: 1, columnStride: filters };
  pack(runtime, packing, { ...matrix, target: panels }, [wholePart(filters)]);
  const productScratch = writeTileJobs(runtime, product, [
    {
      ...matrixFields(images * positions, filters, width),
      ...writeEnding(runtime, end, width, 0),
      source: 0,
      target: 0,
      panels,
    },
  ]);
  const columnBytes = 4 * images * positions * width;
  writeJob(heap, job, 'ColumnsJob', {
    product,
    source: heap.pointer(dy),
    target: heap.pointer(dx),
    height: info.inHeight,
    width: info.inWidth,
    channels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    filters,
    kernelHeight: filterHeight,
    kernelWidth: filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
    images,
    columnBytes,
  });
  const grain = Math.max(images, productGrain(2 * positions * width * filters));
  parallel(runtime, KERNEL.inputGradColumns, job, info.batchSize, grain, columnBytes + productScratch);
  return dx;
}
