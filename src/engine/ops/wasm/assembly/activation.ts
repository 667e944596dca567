// Bias and the leaky ReLU or tanh that follows it, over a [rows, channels] matrix. See rows.ts for how it is walked.
import { tanh } from './exponential';
import { COLUMN, endByte, endRow, firstRow, leftByte, Rows, tailByte, tailRows, tailUnit, wideFloats } from './rows';
import { leaky, leaky1 } from './simd';

@unmanaged
class BiasActJob extends Rows {
  x: usize;
  y: usize;
  /** Widened. */
  bias: usize;
  slope: f32;
}

/** y = leaky(x + bias), units [from, to). x and y may be the same. */
export function biasAct(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<BiasActJob>(at);
  const x = job.x, y = job.y, bias = job.bias;
  const slopes = f32x4.splat(job.slope);
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      biasActTail(job);
      continue;
    }
    const start = <usize>firstRow(job, unit) * wide, stop = <usize>endRow(job, unit) * wide;
    const end = endByte(job, unit);
    for (let i = leftByte(job, unit); i < end; i += COLUMN) {
      const b0 = v128.load(bias + i), b1 = v128.load(bias + i, 16);
      const b2 = v128.load(bias + i, 32), b3 = v128.load(bias + i, 48);
      for (let p = start + i; p < stop; p += wide) {
        v128.store(y + p, leaky(f32x4.add(v128.load(x + p), b0), slopes));
        v128.store(y + p, leaky(f32x4.add(v128.load(x + p, 16), b1), slopes), 16);
        v128.store(y + p, leaky(f32x4.add(v128.load(x + p, 32), b2), slopes), 32);
        v128.store(y + p, leaky(f32x4.add(v128.load(x + p, 48), b3), slopes), 48);
      }
    }
  }
}

function biasActTail(job: BiasActJob): void {
  let x = job.x + tailByte(job), y = job.y + tailByte(job);
  for (let row = tailRows(job); row > 0; row--) {
    for (let c = 0; c < job.channels; c++) {
      store<f32>(y, leaky1(load<f32>(x) + load<f32>(job.bias + ((<usize>c) << 2)), job.slope));
      x += 4;
      y += 4;
    }
  }
}

@unmanaged
class BiasTanhJob extends Rows {
  x: usize;
  y: usize;
  /** Widened. */
  bias: usize;
}

/** y = tanh(x + bias), units [from, to). */
export function biasTanh(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<BiasTanhJob>(at);
  const x = job.x, y = job.y, bias = job.bias;
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      biasTanhTail(job);
      continue;
    }
    const start = <usize>firstRow(job, unit) * wide, stop = <usize>endRow(job, unit) * wide;
    const end = endByte(job, unit);
    for (let p = start; p < stop; p += wide) {
      for (let i = leftByte(job, unit); i < end; i += 16) {
        v128.store(y + p + i, tanh(f32x4.add(v128.load(x + p + i), v128.load(bias + i))));
      }
    }
  }
}

function biasTanhTail(job: BiasTanhJob): void {
  let p = tailByte(job);
  for (let row = tailRows(job); row > 0; row--) {
    for (let c = 0; c < job.channels; c++) {
      const sum = load<f32>(job.x + p) + load<f32>(job.bias + ((<usize>c) << 2));
      store<f32>(job.y + p, f32x4.extract_lane(tanh(f32x4.splat(sum)), 0));
      p += 4;
    }
  }
}
