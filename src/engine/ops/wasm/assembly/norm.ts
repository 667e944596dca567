// Batch normalisation of a [rows, channels] matrix over its rows, with the leaky ReLU that follows it.
// Statistics take two passes (mean, then squared distances from it) of blocked sums: the one-pass form E x^2 - (E x)^2
// loses everything when the mean is large. See channels.ts for `repeat`.
import { BLOCK_ROWS, flush, foldSum, widen } from './channels';
import { leaky, leaky1, leakyGrad, leakyGrad1, madd } from './simd';

// @ts-ignore: decorator
@inline
function f32At(base: usize, index: i32): f32 {
  return load<f32>(base + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
function put(base: usize, index: i32, value: f32): void {
  store<f32>(base + ((<usize>index) << 2), value);
}

/** mean = sum of x over rows / rows. Scratch: 2 wide rows. */
function columnMeans(x: usize, mean: usize, rows: i32, channels: i32, repeat: i32, scratch: usize): void {
  const wide = (<usize>(repeat * channels)) << 2;
  const total = scratch, part = scratch + wide;
  memory.fill(scratch, 0, 2 * wide);
  const wideRows = rows / repeat;
  for (let row = 0; row < wideRows; row++) {
    for (let i: usize = 0; i < wide; i += 16) {
      v128.store(part + i, f32x4.add(v128.load(part + i), v128.load(x + i)));
    }
    x += wide;
    if (row % BLOCK_ROWS == BLOCK_ROWS - 1) flush(total, part, wide);
  }
  flush(total, part, wide);
  foldSum(mean, total, channels, repeat);
  for (let row = rows % repeat; row > 0; row--) {
    for (let c = 0; c < channels; c++) put(mean, c, f32At(mean, c) + f32At(x, c));
    x += (<usize>channels) << 2;
  }
  for (let c = 0; c < channels; c++) put(mean, c, f32At(mean, c) / <f32>rows);
}

/** variance = sum of (x - mean)^2 over rows / rows. Scratch: 3 wide rows. */
function columnVariances(
  x: usize, mean: usize, variance: usize, rows: i32, channels: i32, repeat: i32, scratch: usize,
): void {
  const wide = (<usize>(repeat * channels)) << 2;
  const total = scratch, part = scratch + wide, means = part + wide;
  memory.fill(scratch, 0, 2 * wide);
  widen(means, mean, channels, repeat);
  const wideRows = rows / repeat;
  for (let row = 0; row < wideRows; row++) {
    for (let i: usize = 0; i < wide; i += 16) {
      const distance = f32x4.sub(v128.load(x + i), v128.load(means + i));
      v128.store(part + i, madd(distance, distance, v128.load(part + i)));
    }
    x += wide;
    if (row % BLOCK_ROWS == BLOCK_ROWS - 1) flush(total, part, wide);
  }
  flush(total, part, wide);
  foldSum(variance, total, channels, repeat);
  for (let row = rows % repeat; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      const distance = f32At(x, c) - f32At(mean, c);
      put(variance, c, f32At(variance, c) + distance * distance);
    }
    x += (<usize>channels) << 2;
  }
  for (let c = 0; c < channels; c++) put(variance, c, f32At(variance, c) / <f32>rows);
}

/**
 * mean, variance (biased) and y = leaky((x - mean) * gamma / sqrt(variance + epsilon) + beta).
 * Scratch: 3 wide rows and `channels` floats.
 */
export function normAct(
  x: usize, gamma: usize, beta: usize, y: usize, mean: usize, variance: usize,
  rows: i32, channels: i32, repeat: i32, epsilon: f32, slope: f32, scratch: usize,
): void {
  columnMeans(x, mean, rows, channels, repeat, scratch);
  columnVariances(x, mean, variance, rows, channels, repeat, scratch);

  const slopes = f32x4.splat(slope);
  const wide = (<usize>(repeat * channels)) << 2;
  const means = scratch, scales = scratch + wide, shifts = scales + wide, scale = shifts + wide;
  for (let c = 0; c < channels; c++) {
    put(scale, c, f32At(gamma, c) / sqrt<f32>(f32At(variance, c) + epsilon));
  }
  widen(means, mean, channels, repeat);
  widen(scales, scale, channels, repeat);
  widen(shifts, beta, channels, repeat);
  for (let row = rows / repeat; row > 0; row--) {
    for (let i: usize = 0; i < wide; i += 16) {
      const centred = f32x4.sub(v128.load(x + i), v128.load(means + i));
      v128.store(y + i, leaky(madd(centred, v128.load(scales + i), v128.load(shifts + i)), slopes));
    }
    x += wide;
    y += wide;
  }
  for (let row = rows % repeat; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      put(y, c, leaky1((f32At(x, c) - f32At(mean, c)) * f32At(scale, c) + f32At(beta, c), slope));
    }
    x += (<usize>channels) << 2;
    y += (<usize>channels) << 2;
  }
}

/**
 * Gradients of normAct. With d the gradient before the leaky ReLU and n the normalised x:
 * dbeta = sum d, dgamma = sum d n, dx = gamma / sqrt(variance + epsilon) * (d - (dbeta + n dgamma) / rows).
 * Scratch: 5 wide rows and 4 * channels floats.
 */
export function normActGrad(
  x: usize, y: usize, dy: usize, gamma: usize, mean: usize, variance: usize,
  dx: usize, dgamma: usize, dbeta: usize,
  rows: i32, channels: i32, repeat: i32, epsilon: f32, slope: f32, scratch: usize,
): void {
  const slopes = f32x4.splat(slope);
  const wide = (<usize>(repeat * channels)) << 2;
  const totalD = scratch, partD = totalD + wide, totalDx = partD + wide, partDx = totalDx + wide;
  const means = partDx + wide;
  const perChannel = means + wide;
  const inverse = perChannel, centredScale = inverse + ((<usize>channels) << 2);
  const offset = centredScale + ((<usize>channels) << 2), dScale = offset + ((<usize>channels) << 2);
  for (let c = 0; c < channels; c++) put(inverse, c, 1 / sqrt<f32>(f32At(variance, c) + epsilon));
  widen(means, mean, channels, repeat);

  // First pass: dbeta, and the sum of d (x - mean), which is dgamma before the division by the deviation.
  memory.fill(scratch, 0, 4 * wide);
  const wideRows = rows / repeat, tailRows = rows % repeat;
  let px = x, py = y, pdy = dy;
  for (let row = 0; row < wideRows; row++) {
    for (let i: usize = 0; i < wide; i += 16) {
      const d = leakyGrad(v128.load(py + i), v128.load(pdy + i), slopes);
      const centred = f32x4.sub(v128.load(px + i), v128.load(means + i));
      v128.store(partD + i, f32x4.add(v128.load(partD + i), d));
      v128.store(partDx + i, madd(d, centred, v128.load(partDx + i)));
    }
    px += wide;
    py += wide;
    pdy += wide;
    if (row % BLOCK_ROWS == BLOCK_ROWS - 1) {
      flush(totalD, partD, wide);
      flush(totalDx, partDx, wide);
    }
  }
  flush(totalD, partD, wide);
  flush(totalDx, partDx, wide);
  foldSum(dbeta, totalD, channels, repeat);
  foldSum(dgamma, totalDx, channels, repeat);
  for (let row = tailRows; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      const d = leakyGrad1(f32At(py, c), f32At(pdy, c), slope);
      put(dbeta, c, f32At(dbeta, c) + d);
      put(dgamma, c, f32At(dgamma, c) + d * (f32At(px, c) - f32At(mean, c)));
    }
    px += (<usize>channels) << 2;
    py += (<usize>channels) << 2;
    pdy += (<usize>channels) << 2;
  }

  // Second pass: dx = dScale * d + centredScale * (x - mean) + offset.
  for (let c = 0; c < channels; c++) {
    const inv = f32At(inverse, c);
    const sumDn = f32At(dgamma, c) * inv;
    put(dgamma, c, sumDn);
    const factor = f32At(gamma, c) * inv;
    put(dScale, c, factor);
    put(centredScale, c, -factor * inv * sumDn / <f32>rows);
    put(offset, c, -factor * f32At(dbeta, c) / <f32>rows);
  }
  const dScales = totalD, centredScales = partD, offsets = totalDx;
  widen(dScales, dScale, channels, repeat);
  widen(centredScales, centredScale, channels, repeat);
  widen(offsets, offset, channels, repeat);
  for (let row = 0; row < wideRows; row++) {
    for (let i: usize = 0; i < wide; i += 16) {
      const d = leakyGrad(v128.load(y + i), v128.load(dy + i), slopes);
      const centred = f32x4.sub(v128.load(x + i), v128.load(means + i));
      const linear = madd(centred, v128.load(centredScales + i), v128.load(offsets + i));
      v128.store(dx + i, madd(d, v128.load(dScales + i), linear));
    }
    x += wide;
    y += wide;
    dy += wide;
    dx += wide;
  }
  for (let row = tailRows; row > 0; row--) {
    for (let c = 0; c < channels; c++) {
      const d = leakyGrad1(f32At(y, c), f32At(dy, c), slope);
      const centred = f32At(x, c) - f32At(mean, c);
      put(dx, c, d * f32At(dScale, c) + (centred * f32At(centredScale, c) + f32At(offset, c)));
    }
    x += (<usize>channels) << 2;
    y += (<usize>channels) << 2;
    dy += (<usize>channels) << 2;
    dx += (<usize>channels) << 2;
  }
}
