// Gradients of biasAct and biasTanh (activation.ts), given what they returned.
import {
  blockOf, clearPast, COLUMN, endByte, endRow, firstRow, foldSums, leftByte, Rows, tailByte, tailRows, tailUnit,
  wideFloats,
} from './rows';
import { leakyGrad, leakyGrad1 } from './simd';

@unmanaged
class ActGradJob extends Rows {
  y: usize;
  dy: usize;
  dx: usize;
  /** A wide row for each block, and one for the rows left over if there are any: `blocks` in all. */
  partials: usize;
  blocks: i32;
  /** [channels] */
  dbias: usize;
  /** Of the leaky ReLU; tanh has none. */
  slope: f32;
}

// @ts-ignore: decorator
@inline
function bend(y: v128, dy: v128, slope: v128, curved: bool): v128 {
  if (curved) return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
  return leakyGrad(y, dy, slope);
}

/** dx = dy f'(x), units [from, to); partials = the sums of dx over the rows of each block. */
// @ts-ignore: decorator
@inline
function actGrad(job: ActGradJob, from: i32, to: i32, curved: bool): void {
  const y = job.y, dy = job.dy, dx = job.dx;
  const slopes = f32x4.splat(job.slope);
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      actGradTail(job, curved);
      continue;
    }
    const start = <usize>firstRow(job, unit) * wide, stop = <usize>endRow(job, unit) * wide;
    const end = endByte(job, unit);
    const partial = job.partials + <usize>blockOf(job, unit) * wide;
    for (let i = leftByte(job, unit); i < end; i += COLUMN) {
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      for (let p = start + i; p < stop; p += wide) {
        const d0 = bend(v128.load(y + p), v128.load(dy + p), slopes, curved);
        const d1 = bend(v128.load(y + p, 16), v128.load(dy + p, 16), slopes, curved);
        const d2 = bend(v128.load(y + p, 32), v128.load(dy + p, 32), slopes, curved);
        const d3 = bend(v128.load(y + p, 48), v128.load(dy + p, 48), slopes, curved);
        v128.store(dx + p, d0);
        v128.store(dx + p, d1, 16);
        v128.store(dx + p, d2, 32);
        v128.store(dx + p, d3, 48);
        s0 = f32x4.add(s0, d0), s1 = f32x4.add(s1, d1), s2 = f32x4.add(s2, d2), s3 = f32x4.add(s3, d3);
      }
      v128.store(partial + i, s0);
      v128.store(partial + i, s1, 16);
      v128.store(partial + i, s2, 32);
      v128.store(partial + i, s3, 48);
    }
  }
}

function actGradTail(job: ActGradJob, curved: bool): void {
  const first = tailByte(job);
  const partial = job.partials + <usize>(((job.blocks - 1) * wideFloats(job)) << 2);
  clearPast(partial, job);
  for (let c = 0; c < job.channels; c++) {
    let p = first + ((<usize>c) << 2);
    let sum: f32 = 0;
    for (let row = tailRows(job); row > 0; row--) {
      const y = load<f32>(job.y + p), dy = load<f32>(job.dy + p);
      const d = curved ? dy * (1 - y * y) : leakyGrad1(y, dy, job.slope);
      store<f32>(job.dx + p, d);
      sum += d;
      p += (<usize>job.channels) << 2;
    }
    store<f32>(partial + ((<usize>c) << 2), sum);
  }
}

export function biasActGrad(job: usize, _scratch: usize, from: i32, to: i32): void {
  actGrad(changetype<ActGradJob>(job), from, to, false);
}

export function biasTanhGrad(job: usize, _scratch: usize, from: i32, to: i32): void {
  actGrad(changetype<ActGradJob>(job), from, to, true);
}

/** dbias = the sum of the partials. */
export function foldBias(at: usize): void {
  const job = changetype<ActGradJob>(at);
  foldSums(job.partials, job.blocks, job.channels, job.repeat, job.dbias);
}
