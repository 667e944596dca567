// Walking a [rows, channels] matrix four floats at a time when the channel count is not a multiple of four.
// Rows are taken `repeat` at a time: `repeat` rows together are one wide row of repeat * channels floats, a multiple of
// four, against which a per-channel vector is repeated as often ("widened"). A remainder of rows goes one float at a time.

/** Copies a vector of `channels` floats `repeat` times. */
export function widen(target: usize, source: usize, channels: i32, repeat: i32): void {
  const bytes = (<usize>channels) << 2;
  for (let i = 0; i < repeat; i++) {
    memory.copy(target, source, bytes);
    target += bytes;
  }
}

/** Adds up the `repeat` parts of a widened sum into the first `channels` floats of `target`. */
export function foldSum(target: usize, wide: usize, channels: i32, repeat: i32): void {
  for (let c = 0; c < channels; c++) {
    let p = wide + ((<usize>c) << 2);
    let sum: f32 = 0;
    for (let i = 0; i < repeat; i++) {
      sum += load<f32>(p);
      p += (<usize>channels) << 2;
    }
    store<f32>(target + ((<usize>c) << 2), sum);
  }
}

/** Wide rows summed in one block before they join the total: the error of a sum of n grows with n / block + block. */
export const BLOCK_ROWS: i32 = 64;

/** total += part, part = 0, over `bytes` (a multiple of 16). */
export function flush(total: usize, part: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(total + i, f32x4.add(v128.load(total + i), v128.load(part + i)));
  }
  memory.fill(part, 0, bytes);
}
