// Matrix times vector: a tile would leave seven of its eight columns empty.
import { leaky1, madd, sumLanes } from './simd';

@unmanaged
class DotJob {
  /** [units, depth] for dotRows, [depth, width] for dotColumns. */
  matrix: usize;
  vector: usize;
  target: usize;
  depth: i32;
  width: i32;
  /** A float that dotRows adds to each sum before the leaky ReLU. */
  bias: usize;
  slope: f32;
}

/** target[m] = leaky(sum over k of matrix[m, k] * vector[k] + bias), rows [from, to). */
export function dotRows(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<DotJob>(at);
  const depth = job.depth, bias = load<f32>(job.bias), slope = job.slope;
  for (let row = from; row < to; row++) {
    let p = job.matrix + ((<usize>(row * depth)) << 2), q = job.vector;
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let k = 0;
    for (; k + 16 <= depth; k += 16) {
      s0 = madd(v128.load(p), v128.load(q), s0);
      s1 = madd(v128.load(p, 16), v128.load(q, 16), s1);
      s2 = madd(v128.load(p, 32), v128.load(q, 32), s2);
      s3 = madd(v128.load(p, 48), v128.load(q, 48), s3);
      p += 64;
      q += 64;
    }
    let sum = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    for (; k < depth; k++) {
      sum += load<f32>(p) * load<f32>(q);
      p += 4;
      q += 4;
    }
    store<f32>(job.target + ((<usize>row) << 2), leaky1(sum + bias, slope));
  }
}

/** Columns of a unit of dotColumns. As in matmulKernel.ts. */
const STRIP: i32 = 32;

/** target[m] = sum over k of matrix[k, m] * vector[k], strips [from, to) of columns. */
export function dotColumns(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<DotJob>(at);
  const width = job.width;
  const row = (<usize>width) << 2;
  const last = min(to * STRIP, width);
  let column = from * STRIP;
  for (; column + STRIP <= last; column += STRIP) {
    const offset = (<usize>column) << 2;
    let p = job.matrix + offset;
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let s4 = f32x4.splat(0), s5 = f32x4.splat(0), s6 = f32x4.splat(0), s7 = f32x4.splat(0);
    for (let k = 0; k < job.depth; k++) {
      const weight = v128.load_splat<f32>(job.vector + ((<usize>k) << 2));
      s0 = madd(v128.load(p), weight, s0);
      s1 = madd(v128.load(p, 16), weight, s1);
      s2 = madd(v128.load(p, 32), weight, s2);
      s3 = madd(v128.load(p, 48), weight, s3);
      s4 = madd(v128.load(p, 64), weight, s4);
      s5 = madd(v128.load(p, 80), weight, s5);
      s6 = madd(v128.load(p, 96), weight, s6);
      s7 = madd(v128.load(p, 112), weight, s7);
      p += row;
    }
    const target = job.target + offset;
    v128.store(target, s0);
    v128.store(target, s1, 16);
    v128.store(target, s2, 32);
    v128.store(target, s3, 48);
    v128.store(target, s4, 64);
    v128.store(target, s5, 80);
    v128.store(target, s6, 96);
    v128.store(target, s7, 112);
  }
  for (; column < last; column++) {
    let p = job.matrix + ((<usize>column) << 2);
    let sum: f32 = 0;
    for (let k = 0; k < job.depth; k++) {
      sum += load<f32>(p) * load<f32>(job.vector + ((<usize>k) << 2));
      p += row;
    }
    store<f32>(job.target + ((<usize>column) << 2), sum);
  }
}

/** target = vector / (its Euclidean norm + epsilon). They may be the same. */
export function normalise(vector: usize, target: usize, count: i32, epsilon: f32): void {
  let squares: f64 = 0;
  for (let i = 0; i < count; i++) {
    const value = <f64>load<f32>(vector + ((<usize>i) << 2));
    squares += value * value;
  }
  const norm = <f32>sqrt<f64>(squares) + epsilon;
  for (let i = 0; i < count; i++) {
    const offset = (<usize>i) << 2;
    store<f32>(target + offset, load<f32>(vector + offset) / norm);
  }
}
