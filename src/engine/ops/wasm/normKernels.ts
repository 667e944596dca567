import type * as tf from '@tensorflow/tfjs-core';
import type { NormAttrs, SlopeAttrs } from '../fused.ts';
import { KERNEL } from './kernelIds.ts';
import { jobBytes, writeJob } from './layouts.ts';
import { rowsLayout, widened } from './rowsLayout.ts';
import { type KernelRuntime, parallel } from './runtime.ts';

type Tensor = tf.TensorInfo;

/** See `normAct` in ../norm.ts: y, mean, variance. */
export function normAct(
  runtime: KernelRuntime,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const { code, heap } = runtime;
  const { fields, channels, wideBytes, partials, units, grain } = rowsLayout(x.shape);
  const y = heap.output(x.shape);
  const mean = heap.output([channels]);
  const variance = heap.output([channels]);
  const [job, blockMeans, blockSquares, centre, scale, shift] = heap.scratch([
    jobBytes('MomentsJob'),
    partials * wideBytes,
    partials * wideBytes,
    wideBytes,
    wideBytes,
    wideBytes,
  ]);
  writeJob(heap, job, 'MomentsJob', {
    ...fields,
    x: heap.pointer(x),
    blockMeans,
    blockSquares,
    blocks: partials,
    gamma: heap.pointer(gamma),
    beta: heap.pointer(beta),
    mean: heap.pointer(mean),
    variance: heap.pointer(variance),
    epsilon,
    centre,
    scale,
    shift,
  });
  parallel(runtime, KERNEL.moments, job, units, grain, 0);
  code.foldMoments(job);
  writeJob(heap, job, 'AffineActJob', {
    ...fields,
    x: heap.pointer(x),
    y: heap.pointer(y),
    centre,
    scale,
    shift,
    slope,
  });
  parallel(runtime, KERNEL.affineAct, job, units, grain, 0);
  return [y, mean, variance];
}

/** See `affineAct` in ../activation.ts. */
export function affineAct(
  runtime: KernelRuntime,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { slope }: SlopeAttrs,
): Tensor {
  const { heap } = runtime;
  const layout = rowsLayout(x.shape);
  const { fields, wideBytes, units, grain } = layout;
  const y = heap.output(x.shape);
  const [job, centre, scaleRoom, shiftRoom] = heap.scratch([jobBytes('AffineActJob'), wideBytes, wideBytes, wideBytes]);
  heap.writeZeros(centre, wideBytes / 4);
  writeJob(heap, job, 'AffineActJob', {
    ...fields,
    x: heap.pointer(x),
    y: heap.pointer(y),
    centre,
    scale: widened(runtime, scale, layout, scaleRoom),
    shift: widened(runtime, shift, layout, shiftRoom),
    slope,
  });
  parallel(runtime, KERNEL.affineAct, job, units, grain, 0);
  return y;
}

export interface NormGradInputs {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly gamma: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Gradients with respect to x, gamma and beta. */
export function normActGrad(
  runtime: KernelRuntime,
  { x, y, dy, gamma, mean, variance }: NormGradInputs,
  { epsilon, slope }: NormAttrs,
): Tensor[] {
  const { code, heap } = runtime;
  const { fields, channels, wideBytes, partials, units, grain } = rowsLayout(x.shape);
  const dx = heap.output(x.shape);
  const dgamma = heap.output([channels]);
  const dbeta = heap.output([channels]);
  const [job, sums, centredSums, centre, slopeOfD, slopeOfX, offset] = heap.scratch([
    jobBytes('NormGradJob'),
    partials * wideBytes,
    partials * wideBytes,
    wideBytes,
    wideBytes,
    wideBytes,
    wideBytes,
  ]);
  writeJob(heap, job, 'NormGradJob', {
    ...fields,
    x: heap.pointer(x),
    y: heap.pointer(y),
    dy: heap.pointer(dy),
    dx: heap.pointer(dx),
    gamma: heap.pointer(gamma),
    mean: heap.pointer(mean),
    variance: heap.pointer(variance),
    dgamma: heap.pointer(dgamma),
    dbeta: heap.pointer(dbeta),
    epsilon,
    slope,
    sums,
    centredSums,
    blocks: partials,
    centre,
    slopeOfD,
    slopeOfX,
    offset,
  });
  code.widenMean(job);
  parallel(runtime, KERNEL.normGradSums, job, units, grain, 0);
  code.foldNormGrad(job);
  parallel(runtime, KERNEL.normGradInput, job, units, grain, 0);
  return [dx, dgamma, dbeta];
}
