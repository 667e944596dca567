// Gradients of batch normalisation with the leaky ReLU after it (norm.ts). With d the gradient before the leaky ReLU and n
// the normalised x: dbeta = sum d, dgamma = sum d n, dx = gamma / sqrt(variance + epsilon) * (d - (dbeta + n dgamma) / rows).
import { f32At, put, repeatFirst } from './norm';
import {
  blockOf, clearPast, endByte, endRow, firstRow, foldSums, leftByte, Rows, tailByte, tailRows, tailUnit, widen,
  wideFloats,
} from './rows';
import { leakyGrad, leakyGrad1, madd } from './simd';

/** Bytes of the floats that are walked down together: half of rows.ts' column, for each needs more registers. */
const HALF_COLUMN: usize = 32;

@unmanaged
class NormGradJob extends Rows {
  x: usize;
  y: usize;
  dy: usize;
  dx: usize;
  /** [channels] */
  gamma: usize;
  mean: usize;
  variance: usize;
  dgamma: usize;
  dbeta: usize;
  epsilon: f32;
  slope: f32;
  /** A wide row for each block, and one for the rows left over if there are any: `blocks` in all. */
  sums: usize;
  centredSums: usize;
  blocks: i32;
  /** Wide rows: mean, and what dx is made of: slopeOfD d + slopeOfX (x - centre) + offset. */
  centre: usize;
  slopeOfD: usize;
  slopeOfX: usize;
  offset: usize;
}

/** Sums of d and of d (x - mean) over the rows of each block, units [from, to). `centre` has been widened. */
export function normGradSums(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<NormGradJob>(at);
  const x = job.x, y = job.y, dy = job.dy, centre = job.centre;
  const slopes = f32x4.splat(job.slope);
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      normGradSumsTail(job);
      continue;
    }
    const start = <usize>firstRow(job, unit) * wide, stop = <usize>endRow(job, unit) * wide;
    const end = endByte(job, unit);
    const partial = <usize>blockOf(job, unit) * wide;
    const sums = job.sums + partial, centredSums = job.centredSums + partial;
    for (let i = leftByte(job, unit); i < end; i += HALF_COLUMN) {
      const c0 = v128.load(centre + i), c1 = v128.load(centre + i, 16);
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), t0 = f32x4.splat(0), t1 = f32x4.splat(0);
      for (let p = start + i; p < stop; p += wide) {
        const d0 = leakyGrad(v128.load(y + p), v128.load(dy + p), slopes);
        const d1 = leakyGrad(v128.load(y + p, 16), v128.load(dy + p, 16), slopes);
        s0 = f32x4.add(s0, d0), s1 = f32x4.add(s1, d1);
        t0 = madd(d0, f32x4.sub(v128.load(x + p), c0), t0);
        t1 = madd(d1, f32x4.sub(v128.load(x + p, 16), c1), t1);
      }
      v128.store(sums + i, s0);
      v128.store(sums + i, s1, 16);
      v128.store(centredSums + i, t0);
      v128.store(centredSums + i, t1, 16);
    }
  }
}

function normGradSumsTail(job: NormGradJob): void {
  const partial = <usize>(((job.blocks - 1) * wideFloats(job)) << 2);
  const sums = job.sums + partial, centredSums = job.centredSums + partial;
  clearPast(sums, job);
  clearPast(centredSums, job);
  for (let c = 0; c < job.channels; c++) {
    let p = tailByte(job) + ((<usize>c) << 2);
    let sum: f32 = 0, centredSum: f32 = 0;
    for (let row = tailRows(job); row > 0; row--) {
      const d = leakyGrad1(load<f32>(job.y + p), load<f32>(job.dy + p), job.slope);
      sum += d;
      centredSum += d * (load<f32>(job.x + p) - f32At(job.mean, c));
      p += (<usize>job.channels) << 2;
    }
    put(sums, c, sum);
    put(centredSums, c, centredSum);
  }
}

/** Widens the mean, which the sums need. */
export function widenMean(at: usize): void {
  const job = changetype<NormGradJob>(at);
  widen(job.centre, job.mean, job.channels, job.repeat);
}

/** dgamma, dbeta and what dx is made of, from the blocks' sums. Works in place: runs once. */
export function foldNormGrad(at: usize): void {
  const job = changetype<NormGradJob>(at);
  const channels = job.channels, repeat = job.repeat, rows = <f32>job.rows;
  foldSums(job.sums, job.blocks, channels, repeat, job.dbeta);
  foldSums(job.centredSums, job.blocks, channels, repeat, job.dgamma);
  for (let c = 0; c < channels; c++) {
    const inverse: f32 = 1.0 / sqrt<f32>(f32At(job.variance, c) + job.epsilon);
    const dgamma = f32At(job.dgamma, c) * inverse;
    const factor = f32At(job.gamma, c) * inverse;
    put(job.dgamma, c, dgamma);
    put(job.slopeOfD, c, factor);
    put(job.slopeOfX, c, -factor * inverse * dgamma / rows);
    put(job.offset, c, -factor * f32At(job.dbeta, c) / rows);
  }
  repeatFirst(job.slopeOfD, channels, repeat);
  repeatFirst(job.slopeOfX, channels, repeat);
  repeatFirst(job.offset, channels, repeat);
}

/** dx, units [from, to). */
export function normGradInput(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<NormGradJob>(at);
  const x = job.x, y = job.y, dy = job.dy, dx = job.dx;
  const slopes = f32x4.splat(job.slope);
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      normGradInputTail(job);
      continue;
    }
    const start = <usize>firstRow(job, unit) * wide, stop = <usize>endRow(job, unit) * wide;
    const end = endByte(job, unit);
    for (let i = leftByte(job, unit); i < end; i += HALF_COLUMN) {
      const c0 = v128.load(job.centre + i), c1 = v128.load(job.centre + i, 16);
      const f0 = v128.load(job.slopeOfD + i), f1 = v128.load(job.slopeOfD + i, 16);
      const g0 = v128.load(job.slopeOfX + i), g1 = v128.load(job.slopeOfX + i, 16);
      const o0 = v128.load(job.offset + i), o1 = v128.load(job.offset + i, 16);
      for (let p = start + i; p < stop; p += wide) {
        const d0 = leakyGrad(v128.load(y + p), v128.load(dy + p), slopes);
        const d1 = leakyGrad(v128.load(y + p, 16), v128.load(dy + p, 16), slopes);
        v128.store(dx + p, madd(d0, f0, madd(f32x4.sub(v128.load(x + p), c0), g0, o0)));
        v128.store(dx + p, madd(d1, f1, madd(f32x4.sub(v128.load(x + p, 16), c1), g1, o1)), 16);
      }
    }
  }
}

function normGradInputTail(job: NormGradJob): void {
  let p = tailByte(job);
  for (let row = tailRows(job); row > 0; row--) {
    for (let c = 0; c < job.channels; c++) {
      const d = leakyGrad1(load<f32>(job.y + p), load<f32>(job.dy + p), job.slope);
      const centred = load<f32>(job.x + p) - f32At(job.mean, c);
      store<f32>(job.dx + p, d * f32At(job.slopeOfD, c) + (centred * f32At(job.slopeOfX, c) + f32At(job.offset, c)));
      p += 4;
    }
  }
}
