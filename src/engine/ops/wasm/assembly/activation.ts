// Bias and affine maps of a [rows, channels] matrix, with the leaky ReLU that follows them. See channels.ts for `repeat`.
import { BLOCK_ROWS, flush, foldSum, widen } from './channels';
import { leaky, leaky1, leakyGrad, leakyGrad1, madd } from './simd';

/** y = leaky(x + bias). Scratch: repeat * channels floats. */
export function biasAct(
  x: usize, bias: usize, y: usize, rows: i32, channels: i32, repeat: i32, slope: f32, scratch: usize,
): void {
  const slopes = f32x4.splat(slope);
  const wide = (<usize>(repeat * channels)) << 2;
  widen(scratch, bias, channels, repeat);
  for (let row = rows / repeat; row > 0; row--) {
    for (let i: usize = 0; i < wide; i += 16) {
      v128.store(y + i, leaky(f32x4.add(v128.load(x + i), v128.load(scratch + i)), slopes));
    }
    x += wide;
    y += wide;
  }
  for (let row = rows % repeat; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      store<f32>(y, leaky1(load<f32>(x) + load<f32>(bias + ((<usize>c) << 2)), slope));
      x += 4;
      y += 4;
    }
  }
}

/** dx = dy through the leaky ReLU whose output was y; dbias = sum of dx over rows. Scratch: 2 * repeat * channels floats. */
export function biasActGrad(
  y: usize, dy: usize, dx: usize, dbias: usize, rows: i32, channels: i32, repeat: i32, slope: f32, scratch: usize,
): void {
  const slopes = f32x4.splat(slope);
  const wide = (<usize>(repeat * channels)) << 2;
  const total = scratch, part = scratch + wide;
  memory.fill(scratch, 0, 2 * wide);
  const wideRows = rows / repeat;
  for (let row = 0; row < wideRows; row++) {
    for (let i: usize = 0; i < wide; i += 16) {
      const d = leakyGrad(v128.load(y + i), v128.load(dy + i), slopes);
      v128.store(dx + i, d);
      v128.store(part + i, f32x4.add(v128.load(part + i), d));
    }
    y += wide;
    dy += wide;
    dx += wide;
    if (row % BLOCK_ROWS == BLOCK_ROWS - 1) flush(total, part, wide);
  }
  flush(total, part, wide);
  foldSum(dbias, total, channels, repeat);
  for (let row = rows % repeat; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      const d = leakyGrad1(load<f32>(y), load<f32>(dy), slope);
      store<f32>(dx, d);
      const sum = dbias + ((<usize>c) << 2);
      store<f32>(sum, load<f32>(sum) + d);
      y += 4;
      dy += 4;
      dx += 4;
    }
  }
}

/** y = leaky(x * scale + shift). Scratch: 2 * repeat * channels floats. */
export function affineAct(
  x: usize, scale: usize, shift: usize, y: usize, rows: i32, channels: i32, repeat: i32, slope: f32, scratch: usize,
): void {
  const slopes = f32x4.splat(slope);
  const wide = (<usize>(repeat * channels)) << 2;
  const scales = scratch, shifts = scratch + wide;
  widen(scales, scale, channels, repeat);
  widen(shifts, shift, channels, repeat);
  for (let row = rows / repeat; row > 0; row--) {
    for (let i: usize = 0; i < wide; i += 16) {
      v128.store(y + i, leaky(madd(v128.load(x + i), v128.load(scales + i), v128.load(shifts + i)), slopes));
    }
    x += wide;
    y += wide;
  }
  for (let row = rows % repeat; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      const at = (<usize>c) << 2;
      store<f32>(y, leaky1(load<f32>(x) * load<f32>(scale + at) + load<f32>(shift + at), slope));
      x += 4;
      y += 4;
    }
  }
}
