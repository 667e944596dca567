// Batch normalisation of a [rows, channels] matrix over its rows. See rows.ts for how it is walked.
// The one-pass form E x^2 - (E x)^2 loses everything when the mean is large. Each block takes its own mean and the squared
// distances from that while it is in the cache; the blocks are then put together (Chan, Golub & LeVeque 1983), so that x
// is read from memory once.
import {
  blockOf, clearPast, COLUMN, endByte, endRow, firstRow, foldSums, leftByte, Rows, tailByte, tailRows, tailUnit, widen,
  wideFloats,
} from './rows';
import { leaky, leaky1, madd } from './simd';

// @ts-ignore: decorator
@inline
export function f32At(base: usize, index: i32): f32 {
  return load<f32>(base + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
export function put(base: usize, index: i32, value: f32): void {
  store<f32>(base + ((<usize>index) << 2), value);
}

@unmanaged
class MomentsJob extends Rows {
  x: usize;
  /** A wide row for each block, and one for the rows left over if there are any: `blocks` in all. */
  blockMeans: usize;
  /** Likewise: sums of squared distances from the block's mean. */
  blockSquares: usize;
  blocks: i32;
  /** [channels] */
  gamma: usize;
  beta: usize;
  mean: usize;
  /** Biased. */
  variance: usize;
  epsilon: f32;
  /** What affineAct takes, three wide rows: mean, gamma / sqrt(variance + epsilon), beta. */
  centre: usize;
  scale: usize;
  shift: usize;
}

/** Means and squared distances of units [from, to). */
export function moments(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<MomentsJob>(at);
  const x = job.x;
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      momentsTail(job);
      continue;
    }
    const row = firstRow(job, unit), last = endRow(job, unit);
    const start = x + <usize>row * wide, stop = x + <usize>last * wide;
    const share = f32x4.splat(1 / <f32>(last - row));
    const end = endByte(job, unit);
    const partial = <usize>blockOf(job, unit) * wide;
    const means = job.blockMeans + partial, squares = job.blockSquares + partial;
    for (let i = leftByte(job, unit); i < end; i += COLUMN) {
      let m0 = f32x4.splat(0), m1 = f32x4.splat(0), m2 = f32x4.splat(0), m3 = f32x4.splat(0);
      for (let p = start + i; p < stop; p += wide) {
        m0 = f32x4.add(m0, v128.load(p));
        m1 = f32x4.add(m1, v128.load(p, 16));
        m2 = f32x4.add(m2, v128.load(p, 32));
        m3 = f32x4.add(m3, v128.load(p, 48));
      }
      m0 = f32x4.mul(m0, share), m1 = f32x4.mul(m1, share), m2 = f32x4.mul(m2, share), m3 = f32x4.mul(m3, share);
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      for (let p = start + i; p < stop; p += wide) {
        const d0 = f32x4.sub(v128.load(p), m0), d1 = f32x4.sub(v128.load(p, 16), m1);
        const d2 = f32x4.sub(v128.load(p, 32), m2), d3 = f32x4.sub(v128.load(p, 48), m3);
        s0 = madd(d0, d0, s0), s1 = madd(d1, d1, s1), s2 = madd(d2, d2, s2), s3 = madd(d3, d3, s3);
      }
      v128.store(means + i, m0);
      v128.store(means + i, m1, 16);
      v128.store(means + i, m2, 32);
      v128.store(means + i, m3, 48);
      v128.store(squares + i, s0);
      v128.store(squares + i, s1, 16);
      v128.store(squares + i, s2, 32);
      v128.store(squares + i, s3, 48);
    }
  }
}

function momentsTail(job: MomentsJob): void {
  const rows = tailRows(job), row = (<usize>job.channels) << 2;
  const partial = <usize>(((job.blocks - 1) * wideFloats(job)) << 2);
  const means = job.blockMeans + partial, squares = job.blockSquares + partial;
  clearPast(means, job);
  clearPast(squares, job);
  for (let c = 0; c < job.channels; c++) {
    const first = job.x + tailByte(job) + ((<usize>c) << 2);
    let mean: f32 = 0, square: f32 = 0;
    let p = first;
    for (let i = 0; i < rows; i++, p += row) mean += load<f32>(p);
    mean /= <f32>rows;
    p = first;
    for (let i = 0; i < rows; i++, p += row) {
      const distance = load<f32>(p) - mean;
      square += distance * distance;
    }
    put(means, c, mean);
    put(squares, c, square);
  }
}

/** Wide rows in a block. */
// @ts-ignore: decorator
@inline
function rowsIn(job: Rows, block: i32): f32 {
  return <f32>(min((block + 1) * job.blockRows, job.rows / job.repeat) - block * job.blockRows);
}

/** mean, variance and what affineAct needs, from the blocks' moments. Works in place: runs once. */
export function foldMoments(at: usize): void {
  const job = changetype<MomentsJob>(at);
  const channels = job.channels, repeat = job.repeat, rows = <f32>job.rows;
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = <f32>tailRows(job), last = job.blocks - (tail > 0 ? 1 : 0);
  const means = job.blockMeans, squares = job.blockSquares, tailMeans = means + <usize>last * wide;
  // Sums of x by lane, in job.scale for now; then the mean of all.
  const sums = job.scale;
  for (let i: usize = 0; i < wide; i += 16) {
    let sum = f32x4.splat(0);
    let p = means + i;
    for (let block = 0; block < last; block++, p += wide) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(p), f32x4.splat(rowsIn(job, block))));
    }
    v128.store(sums + i, sum);
  }
  foldSums(sums, 1, channels, repeat, job.mean);
  for (let c = 0; c < channels; c++) {
    const sum = f32At(job.mean, c) + (tail > 0 ? tail * f32At(tailMeans, c) : 0);
    put(job.mean, c, sum / rows);
  }
  widen(job.centre, job.mean, channels, repeat);
  // Squared distances from each block's mean, and those of the blocks' means from the mean of all.
  for (let i: usize = 0; i < wide; i += 16) {
    const mean = v128.load(job.centre + i);
    let sum = f32x4.splat(0);
    let p = i;
    for (let block = 0; block < last; block++, p += wide) {
      const distance = f32x4.sub(v128.load(means + p), mean);
      const between = f32x4.mul(f32x4.mul(distance, distance), f32x4.splat(rowsIn(job, block)));
      sum = f32x4.add(sum, f32x4.add(v128.load(squares + p), between));
    }
    v128.store(sums + i, sum);
  }
  foldSums(sums, 1, channels, repeat, job.variance);
  const tailSquares = squares + <usize>last * wide;
  const scale = job.scale, shift = job.shift;
  for (let c = 0; c < channels; c++) {
    let sum = f32At(job.variance, c);
    if (tail > 0) {
      const distance = f32At(tailMeans, c) - f32At(job.mean, c);
      sum += f32At(tailSquares, c) + tail * distance * distance;
    }
    put(job.variance, c, sum / rows);
    put(scale, c, f32At(job.gamma, c) / sqrt<f32>(sum / rows + job.epsilon));
    put(shift, c, f32At(job.beta, c));
  }
  repeatFirst(scale, channels, repeat);
  repeatFirst(shift, channels, repeat);
}

/** Widens a vector in its own place. */
export function repeatFirst(vector: usize, channels: i32, repeat: i32): void {
  const bytes = (<usize>channels) << 2;
  for (let i = 1; i < repeat; i++) memory.copy(vector + <usize>i * bytes, vector, bytes);
}

@unmanaged
class AffineActJob extends Rows {
  x: usize;
  y: usize;
  /** Widened, all three. */
  centre: usize;
  scale: usize;
  shift: usize;
  slope: f32;
}

/** y = leaky((x - centre) * scale + shift), units [from, to). */
export function affineAct(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<AffineActJob>(at);
  const x = job.x, y = job.y, centre = job.centre, scale = job.scale, shift = job.shift;
  const slopes = f32x4.splat(job.slope);
  const wide = (<usize>wideFloats(job)) << 2;
  const tail = tailUnit(job);
  for (let unit = from; unit < to; unit++) {
    if (unit == tail) {
      affineActTail(job);
      continue;
    }
    const start = <usize>firstRow(job, unit) * wide, stop = <usize>endRow(job, unit) * wide;
    const end = endByte(job, unit);
    for (let i = leftByte(job, unit); i < end; i += COLUMN) {
      const c0 = v128.load(centre + i), c1 = v128.load(centre + i, 16);
      const c2 = v128.load(centre + i, 32), c3 = v128.load(centre + i, 48);
      const a0 = v128.load(scale + i), a1 = v128.load(scale + i, 16);
      const a2 = v128.load(scale + i, 32), a3 = v128.load(scale + i, 48);
      const b0 = v128.load(shift + i), b1 = v128.load(shift + i, 16);
      const b2 = v128.load(shift + i, 32), b3 = v128.load(shift + i, 48);
      for (let p = start + i; p < stop; p += wide) {
        v128.store(y + p, leaky(madd(f32x4.sub(v128.load(x + p), c0), a0, b0), slopes));
        v128.store(y + p, leaky(madd(f32x4.sub(v128.load(x + p, 16), c1), a1, b1), slopes), 16);
        v128.store(y + p, leaky(madd(f32x4.sub(v128.load(x + p, 32), c2), a2, b2), slopes), 32);
        v128.store(y + p, leaky(madd(f32x4.sub(v128.load(x + p, 48), c3), a3, b3), slopes), 48);
      }
    }
  }
}

function affineActTail(job: AffineActJob): void {
  let p = tailByte(job);
  for (let row = tailRows(job); row > 0; row--) {
    for (let c = 0; c < job.channels; c++) {
      const centred = load<f32>(job.x + p) - f32At(job.centre, c);
      store<f32>(job.y + p, leaky1(centred * f32At(job.scale, c) + f32At(job.shift, c), job.slope));
      p += 4;
    }
  }
}
