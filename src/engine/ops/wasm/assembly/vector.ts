// Matrix times vector: a tile would leave seven of its eight columns empty.
import { madd, sumLanes } from './simd';

/** target[m] = sum over k of a[m, k] * vector[k], for rows [from, to) of a [rows, depth]. */
export function dotRows(a: usize, vector: usize, target: usize, depth: i32, from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    let p = a + ((<usize>(row * depth)) << 2), q = vector;
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
    store<f32>(target + ((<usize>row) << 2), sum);
  }
}

/** target[m] = sum over k of a[k, m] * vector[k], for columns [from, to) of a [depth, width]. */
export function dotColumns(
  a: usize, vector: usize, target: usize, depth: i32, width: i32, from: i32, to: i32,
): void {
  const bytes = (<usize>(to - from)) << 2;
  const start = target + ((<usize>from) << 2);
  memory.fill(start, 0, bytes);
  for (let k = 0; k < depth; k++) {
    const weight = load<f32>(vector + ((<usize>k) << 2));
    const weights = f32x4.splat(weight);
    let p = a + ((<usize>(k * width + from)) << 2), q = start;
    const end = start + bytes, end4 = start + (bytes & ~15);
    while (q < end4) {
      v128.store(q, madd(v128.load(p), weights, v128.load(q)));
      p += 16;
      q += 16;
    }
    while (q < end) {
      store<f32>(q, load<f32>(q) + load<f32>(p) * weight);
      p += 4;
      q += 4;
    }
  }
}
