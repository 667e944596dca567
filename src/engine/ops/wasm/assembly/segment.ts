// The gradient of a gather.

/** target[ids[i]] += source[i], rows of `width` floats; rows whose id is negative or too large are dropped. */
export function segmentSum(
  source: usize, ids: usize, target: usize, rows: i32, width: i32, segments: i32,
): void {
  memory.fill(target, 0, (<usize>(segments * width)) << 2);
  for (let row = 0; row < rows; row++) {
    const id = load<i32>(ids + ((<usize>row) << 2));
    if (<u32>(id) < <u32>(segments)) {
      let to = target + ((<usize>(id * width)) << 2);
      for (let c = 0; c < width; c++) {
        store<f32>(to, load<f32>(to) + load<f32>(source + ((<usize>c) << 2)));
        to += 4;
      }
    }
    source += (<usize>width) << 2;
  }
}
