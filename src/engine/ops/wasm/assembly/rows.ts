// Walking a [rows, channels] matrix four floats at a time, whatever the channel count.
// `repeat` rows together are one wide row of repeat * channels floats, a multiple of sixteen, against which a per-channel
// vector is repeated as often ("widened"). Work comes in units: a strip of up to STRIP floats of a block of wide rows;
// the rows left over from the last wide row are one more unit, taken a float at a time. Units depend on the shape
// alone, so that sums are the same however many threads make them.

/** Floats across a unit, at most. As in rows.ts of the host. */
const STRIP: i32 = 256;
/** Bytes of the sixteen floats that are walked down together. */
export const COLUMN: usize = 64;

/** What every job over rows starts with. */
@unmanaged
export class Rows {
  rows: i32;
  channels: i32;
  repeat: i32;
  /** Wide rows of a block. */
  blockRows: i32;
}

// @ts-ignore: decorator
@inline
export function wideFloats(job: Rows): i32 {
  return job.repeat * job.channels;
}

// @ts-ignore: decorator
@inline
function strips(job: Rows): i32 {
  return (wideFloats(job) + STRIP - 1) / STRIP;
}

/** The number of the unit that is the rows left over, whether or not there are any. */
// @ts-ignore: decorator
@inline
export function tailUnit(job: Rows): i32 {
  return ((job.rows / job.repeat + job.blockRows - 1) / job.blockRows) * strips(job);
}

// @ts-ignore: decorator
@inline
export function blockOf(job: Rows, unit: i32): i32 {
  return unit / strips(job);
}

/** First wide row of a unit, and the one after its last. */
// @ts-ignore: decorator
@inline
export function firstRow(job: Rows, unit: i32): i32 {
  return blockOf(job, unit) * job.blockRows;
}

// @ts-ignore: decorator
@inline
export function endRow(job: Rows, unit: i32): i32 {
  return min((blockOf(job, unit) + 1) * job.blockRows, job.rows / job.repeat);
}

/** First byte of a unit within its wide rows, and the one after its last. */
// @ts-ignore: decorator
@inline
export function leftByte(job: Rows, unit: i32): usize {
  return (<usize>((unit % strips(job)) * STRIP)) << 2;
}

// @ts-ignore: decorator
@inline
export function endByte(job: Rows, unit: i32): usize {
  return (<usize>min((unit % strips(job) + 1) * STRIP, wideFloats(job))) << 2;
}

/** First float of the rows left over, as bytes from the matrix's start. */
// @ts-ignore: decorator
@inline
export function tailByte(job: Rows): usize {
  return (<usize>(job.rows / job.repeat * wideFloats(job))) << 2;
}

/** Rows left over. */
// @ts-ignore: decorator
@inline
export function tailRows(job: Rows): i32 {
  return job.rows % job.repeat;
}

/** Copies a vector of `channels` floats `repeat` times. */
export function widen(target: usize, source: usize, channels: i32, repeat: i32): void {
  const bytes = (<usize>channels) << 2;
  for (let i = 0; i < repeat; i++) {
    memory.copy(target, source, bytes);
    target += bytes;
  }
}

/** Clears a row of partial sums but for its first `channels` floats, which the rows left over fill. */
export function clearPast(partial: usize, job: Rows): void {
  const head = (<usize>job.channels) << 2;
  memory.fill(partial + head, 0, ((<usize>wideFloats(job)) << 2) - head);
}

/**
 * The sum of `blocks` rows of partial sums, of which each is wide, as a vector of `channels` floats. It adds up into the
 * first row, so that it must run once only.
 */
export function foldSums(partials: usize, blocks: i32, channels: i32, repeat: i32, target: usize): void {
  const wide = (<usize>(repeat * channels)) << 2;
  for (let i: usize = 0; i < wide; i += 16) {
    let p = partials + i;
    let sum = v128.load(p);
    for (let block = 1; block < blocks; block++) {
      p += wide;
      sum = f32x4.add(sum, v128.load(p));
    }
    v128.store(partials + i, sum);
  }
  for (let c = 0; c < channels; c++) {
    let p = partials + ((<usize>c) << 2);
    let sum: f32 = load<f32>(p);
    for (let i = 1; i < repeat; i++) {
      p += (<usize>channels) << 2;
      sum += load<f32>(p);
    }
    store<f32>(target + ((<usize>c) << 2), sum);
  }
}
