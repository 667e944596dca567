import type * as tf from '@tensorflow/tfjs-core';
import type { ConvActAttrs, ConvTransposeActAttrs } from '../fused.ts';
import { bendInto } from './activationKernels.ts';
import { type ConvInfo as Info, sameInfo } from './convInfo.ts';
import { convJobWords, convScratchBytes, filterScratchBytes, panelFloats } from './jobs.ts';
import { JOB_BYTES } from './layouts.ts';
import { type KernelRuntime, passPositions, runConv, runFilter } from './runtime.ts';

/** Below this many channels, a tap is a whole row of the kernel: single pixels are too short to stream. */
const NARROW_CHANNELS = 16;
/** Below this many channels, an input gradient goes through columns: a tile would be mostly padding. */
const NARROW_COLUMNS = 8;
/** Positions a columns buffer holds at least, unless the batch is smaller. */
const COLUMN_POSITIONS = 96;

/** See `convAct` in ../conv.ts. */
export function convAct(
  runtime: KernelRuntime,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  bias: tf.TensorInfo,
  { stride, slope }: ConvActAttrs,
): tf.TensorInfo {
  const y = conv2d(runtime, x, filter, sameInfo(x.shape, filter.shape, stride));
  bendInto(runtime, y, bias, y, { slope });
  return y;
}

/** See `convTransposeAct` in ../conv.ts. */
export function convTransposeAct(
  runtime: KernelRuntime,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  bias: tf.TensorInfo,
  { stride, slope, height, width }: ConvTransposeActAttrs,
): tf.TensorInfo {
  const info = sameInfo([x.shape[0] ?? 0, height, width, filter.shape[2] ?? 0], filter.shape, stride);
  const y = conv2dInputGrad(runtime, x, filter, info);
  bendInto(runtime, y, bias, y, { slope });
  return y;
}

/** Forward convolution: x [n, h, w, c] with filter [kh, kw, c, f]. */
export function conv2d(runtime: KernelRuntime, x: tf.TensorInfo, filter: tf.TensorInfo, info: Info): tf.TensorInfo {
  const { code, heap } = runtime;
  const { filterHeight, filterWidth, inChannels, outChannels: filters, padInfo } = info;
  const whole = inChannels < NARROW_CHANNELS;
  const span = whole ? filterWidth : 1;
  const taps: number[] = [];
  const offsets: number[] = [];
  for (let row = 0; row < filterHeight; row++) {
    for (let column = 0; column < filterWidth; column += span) {
      taps.push(row - padInfo.top, column - padInfo.left);
      offsets.push((row * filterWidth + column) * inChannels * filters);
    }
  }
  const floats = span * inChannels;
  const tapCount = offsets.length;
  const y = heap.output(info.outShape);
  const [job, tapTable, offsetTable, zeros, panels, scratch] = heap.scratch([
    JOB_BYTES,
    4 * taps.length,
    4 * tapCount,
    4 * floats,
    4 * panelFloats(tapCount * floats, filters),
    convScratchBytes(tapCount, floats),
  ]);
  heap.writeInts(tapTable, taps);
  heap.writeInts(offsetTable, offsets);
  heap.writeZeros(zeros, floats);
  code.packPanels(panels, heap.pointer(filter), tapCount, offsetTable, floats, filters, filters, 1);
  heap.writeInts(
    job,
    convJobWords({
      source: heap.pointer(x),
      target: heap.pointer(y),
      panels,
      taps: tapTable,
      tapCount,
      zeros,
      height: info.inHeight,
      width: info.inWidth,
      channels: inChannels,
      span,
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
    }),
  );
  runConv(runtime, job, scratch, 0, info.batchSize * info.outHeight * info.outWidth);
  return y;
}

/** Gradient with respect to the input: dy [n, oh, ow, f], filter [kh, kw, c, f] -> [n, h, w, c]. */
export function conv2dInputGrad(
  runtime: KernelRuntime,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: Info,
): tf.TensorInfo {
  return info.inChannels < NARROW_COLUMNS
    ? inputGradByColumns(runtime, dy, filter, info)
    : inputGradByPhases(runtime, dy, filter, info);
}

/** Taps of one axis that reach target pixels of one stride phase: kernel index, and source offset from the position. */
function phaseTaps(phase: number, before: number, kernel: number, stride: number): { index: number; shift: number }[] {
  const taps: { index: number; shift: number }[] = [];
  for (let index = 0; index < kernel; index++) {
    const shift = (phase + before - index) / stride;
    if (Number.isInteger(shift)) taps.push({ index, shift });
  }
  return taps;
}

/**
 * The target pixels of one stride phase all use the same taps, so each phase is a convolution of stride one: no
 * multiplication with the zeros between the strides, and no scattered sums.
 */
function inputGradByPhases(runtime: KernelRuntime, dy: tf.TensorInfo, filter: tf.TensorInfo, info: Info) {
  const { code, heap } = runtime;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const { inHeight, inWidth, inChannels: channels, outHeight, outWidth, outChannels: filters } = info;
  const dx = heap.output(info.inShape);
  const maxTaps = Math.ceil(filterHeight / strideHeight) * Math.ceil(filterWidth / strideWidth);
  const [job, tapTable, offsetTable, zeros, panels, scratch] = heap.scratch([
    JOB_BYTES,
    8 * maxTaps,
    4 * maxTaps,
    4 * filters,
    4 * panelFloats(maxTaps * filters, channels),
    convScratchBytes(maxTaps, filters),
  ]);
  heap.writeZeros(zeros, filters);
  for (let phaseY = 0; phaseY < Math.min(strideHeight, inHeight); phaseY++) {
    for (let phaseX = 0; phaseX < Math.min(strideWidth, inWidth); phaseX++) {
      const rows = phaseTaps(phaseY, padInfo.top, filterHeight, strideHeight);
      const columns = phaseTaps(phaseX, padInfo.left, filterWidth, strideWidth);
      const pairs = rows.flatMap((row) => columns.map((column) => ({ row, column })));
      heap.writeInts(
        tapTable,
        pairs.flatMap(({ row, column }) => [row.shift, column.shift]),
      );
      heap.writeInts(
        offsetTable,
        pairs.map(({ row, column }) => (row.index * filterWidth + column.index) * channels * filters),
      );
      // Depth runs over the filters and columns over the channels: the filter matrix, transposed.
      code.packPanels(panels, heap.pointer(filter), pairs.length, offsetTable, filters, channels, 1, filters);
      const gridHeight = Math.ceil((inHeight - phaseY) / strideHeight);
      const gridWidth = Math.ceil((inWidth - phaseX) / strideWidth);
      heap.writeInts(
        job,
        convJobWords({
          source: heap.pointer(dy),
          target: heap.pointer(dx),
          panels,
          taps: tapTable,
          tapCount: pairs.length,
          zeros,
          height: outHeight,
          width: outWidth,
          channels: filters,
          span: 1,
          gridHeight,
          gridWidth,
          strideY: 1,
          strideX: 1,
          targetHeight: inHeight,
          targetWidth: inWidth,
          filters: channels,
          targetStrideY: strideHeight,
          targetStrideX: strideWidth,
          targetY: phaseY,
          targetX: phaseX,
        }),
      );
      runConv(runtime, job, scratch, 0, info.batchSize * gridHeight * gridWidth);
    }
  }
  return dx;
}

/** dy times the transposed filter gives every tap's contribution as a row of columns, which are then added up. */
function inputGradByColumns(runtime: KernelRuntime, dy: tf.TensorInfo, filter: tf.TensorInfo, info: Info) {
  const { code, heap } = runtime;
  const { filterHeight, filterWidth, inHeight, inWidth, inChannels: channels, outChannels: filters } = info;
  const width = filterHeight * filterWidth * channels;
  const positions = info.outHeight * info.outWidth;
  const images = Math.min(info.batchSize, Math.ceil(COLUMN_POSITIONS / positions));
  const dx = heap.output(info.inShape);
  const [job, tapTable, zeroOffset, zeros, panels, columns, scratch] = heap.scratch([
    JOB_BYTES,
    8,
    4,
    4 * filters,
    4 * panelFloats(filters, width),
    4 * images * positions * width,
    convScratchBytes(1, filters),
  ]);
  heap.writeInts(tapTable, [0, 0]);
  heap.writeInts(zeroOffset, [0]);
  code.packPanels(panels, heap.pointer(filter), 1, zeroOffset, filters, width, 1, filters);
  const fields = matrixJob(info.batchSize * positions, filters, width);
  for (let from = 0; from < info.batchSize; from += images) {
    const to = Math.min(info.batchSize, from + images);
    // Positions are counted over the whole batch; the buffer starts at the first of this round.
    const target = columns - 4 * from * positions * width;
    const source = heap.pointer(dy);
    heap.writeInts(job, convJobWords({ ...fields, source, target, panels, taps: tapTable, zeros }));
    runConv(runtime, job, scratch, from * positions, to * positions);
    code.columnsToImages(
      columns,
      heap.pointer(dx),
      from,
      to,
      inHeight,
      inWidth,
      channels,
      info.outHeight,
      info.outWidth,
      filterHeight,
      filterWidth,
      info.strideHeight,
      info.strideWidth,
      info.padInfo.top,
      info.padInfo.left,
    );
  }
  return dx;
}

/** A matrix product as a 1x1 convolution: `rows` pixels of one line, `depth` channels in, `columns` out. */
export function matrixJob(rows: number, depth: number, columns: number) {
  return {
    tapCount: 1,
    height: 1,
    width: rows,
    channels: depth,
    span: 1,
    gridHeight: 1,
    gridWidth: rows,
    strideY: 1,
    strideX: 1,
    targetHeight: 1,
    targetWidth: rows,
    filters: columns,
    targetStrideY: 1,
    targetStrideX: 1,
    targetY: 0,
    targetX: 0,
  };
}

/** Gradient with respect to the filter: x [n, h, w, c], dy [n, oh, ow, f] -> [kh, kw, c, f]. */
export function conv2dFilterGrad(
  runtime: KernelRuntime,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: Info,
): tf.TensorInfo {
  const { heap } = runtime;
  const { filterHeight, filterWidth, inChannels: channels, outChannels: filters, padInfo } = info;
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const segment = filterWidth * channels;
  const dw = heap.output(info.filterShape);
  const [job, zeroOffset, zeros, panels, scratch] = heap.scratch([
    JOB_BYTES,
    4,
    4 * segment,
    4 * panelFloats(passPositions(filters, positions), filters),
    filterScratchBytes(segment, positions),
  ]);
  heap.writeZeros(zeros, segment);
  runFilter(
    runtime,
    {
      source: heap.pointer(x),
      target: heap.pointer(dw),
      zeros,
      height: info.inHeight,
      width: info.inWidth,
      channels,
      outHeight: info.outHeight,
      outWidth: info.outWidth,
      strideY: info.strideHeight,
      strideX: info.strideWidth,
      top: padInfo.top,
      left: padInfo.left,
      kernelHeight: filterHeight,
      kernelWidth: filterWidth,
      filters,
    },
    { source: heap.pointer(dy), rowStride: filters, columnStride: 1 },
    positions,
    { job, panels, scratch, zeroOffset },
  );
  return dw;
}
