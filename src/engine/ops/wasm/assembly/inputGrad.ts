// The gradient of a convolution with respect to an input of few channels, which would leave most of a tile's columns empty:
// the output gradient times the transposed filter gives every tap's contribution, a row of columns for each position, and
// these are added up in their places.
import { ConvJob, convRange } from './conv';
import { ROWS } from './tile';

@unmanaged
class ColumnsJob {
  /** A ConvJob that is the matrix product, for `images` images. */
  product: usize;
  /** [batch, outHeight, outWidth, filters] */
  source: usize;
  /** [batch, height, width, channels] */
  target: usize;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  filters: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideY: i32;
  strideX: i32;
  top: i32;
  left: i32;
  /** Images whose columns are in scratch together, and where the product's own scratch begins there, in bytes. */
  images: i32;
  columnBytes: i32;
}

/** Images [from, to). */
export function inputGradColumns(at: usize, scratch: usize, from: i32, to: i32): void {
  const job = changetype<ColumnsJob>(at);
  const product = changetype<ConvJob>(job.product);
  const positions = job.outHeight * job.outWidth;
  const imageBytes = (<usize>(positions * job.filters)) << 2;
  for (let image = from; image < to; image += job.images) {
    const images = min(job.images, to - image);
    const tiles = (images * positions + ROWS - 1) / ROWS;
    const source = job.source + <usize>image * imageBytes;
    convRange(product, source, scratch, images * positions, scratch + job.columnBytes, 0, tiles);
    columnsToImages(job, scratch, image, image + images);
  }
}

function columnsToImages(job: ColumnsJob, columns: usize, from: i32, to: i32): void {
  const width = job.width, channels = job.channels, kernelWidth = job.kernelWidth;
  const imageBytes = (<usize>(job.height * width * channels)) << 2;
  const segment = (<usize>(kernelWidth * channels)) << 2;
  for (let image = from; image < to; image++) {
    const start = job.target + <usize>image * imageBytes;
    memory.fill(start, 0, imageBytes);
    for (let line = 0; line < job.outHeight; line++) {
      for (let column = 0; column < job.outWidth; column++) {
        const x = column * job.strideX - job.left;
        const first = max(x, 0), last = min(x + kernelWidth, width);
        for (let row = 0; row < job.kernelHeight; row++) {
          const y = line * job.strideY - job.top + row;
          if (<u32>(y) < <u32>(job.height) && first < last) {
            const contribution = columns + ((<usize>((first - x) * channels)) << 2);
            addFloats(start + ((<usize>((y * width + first) * channels)) << 2), contribution, (last - first) * channels);
          }
          columns += segment;
        }
      }
    }
  }
}

/** target += source, `count` floats. */
// @ts-ignore: decorator
@inline
function addFloats(target: usize, source: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; i < count; i++) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}
