// Finding the input floats that a convolution's tap reads.

/** Whether 0 <= i < size, in one comparison. */
// @ts-ignore: decorator
@inline
function inside(i: i32, size: i32): bool {
  return <u32>(i) < <u32>(size);
}

/**
 * Pointer to the `span` pixels that start at (y, x) of one image. Inside the image it points into it; wholly outside in
 * y (or, for a span of one, in x) at `zeros`; partly outside it fills `edge` with the pixels there are and zeros.
 *
 * @param image first float of the image, [height, width, channels]
 * @param zeros span * channels zeros
 * @param edge room for span * channels floats, this call's own
 */
// @ts-ignore: decorator
@inline
export function windowRow(
  image: usize, y: i32, x: i32, span: i32, height: i32, width: i32, channels: i32, zeros: usize, edge: usize,
): usize {
  if (!inside(y, height)) return zeros;
  if (x >= 0 && x + span <= width) return image + ((<usize>((y * width + x) * channels)) << 2);
  if (span == 1) return zeros;
  fillEdge(edge, image, y, x, span, width, channels);
  return edge;
}

function fillEdge(edge: usize, image: usize, y: i32, x: i32, span: i32, width: i32, channels: i32): void {
  memory.fill(edge, 0, (<usize>(span * channels)) << 2);
  const first = max(x, 0);
  const last = min(x + span, width);
  if (first >= last) return;
  const to = edge + ((<usize>((first - x) * channels)) << 2);
  memory.copy(to, image + ((<usize>((y * width + first) * channels)) << 2), (<usize>((last - first) * channels)) << 2);
}
