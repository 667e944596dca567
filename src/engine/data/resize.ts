import type { Dataset, Split } from './dataset.ts';

/** One output pixel along one axis: the input pixels from `first` on, times `weights`, which sum to 1. */
interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

/** How the pixels of one axis combine, for each of the `to` output positions. */
type Filter = (from: number, to: number) => Tap[];

/** Repeats each pixel; `to` is a multiple of `from`. */
const nearest: Filter = (from, to) =>
  Array.from({ length: to }, (_, i) => ({ first: Math.floor((i * from) / to), weights: [1] }));

/** The mean over the output pixel's footprint, partly covered pixels counting by the part that is covered. */
const area: Filter = (from, to) =>
  Array.from({ length: to }, (_, i) => {
    // In units of 1 / to input pixels the borders are whole numbers, so the weights carry no rounding of their own.
    const start = i * from;
    const first = Math.floor(start / to);
    const weights: number[] = [];
    for (let k = first; k * to < start + from; k++) {
      weights.push((Math.min((k + 1) * to, start + from) - Math.max(k * to, start)) / from);
    }
    return { first, weights };
  });

/** Linear between pixel centres (half-pixel coordinates, `align_corners=False`), the edge pixel repeated outside. */
const linear: Filter = (from, to) =>
  Array.from({ length: to }, (_, i) => {
    const centre = Math.max(0, ((i + 0.5) * from) / to - 0.5);
    const first = Math.min(Math.floor(centre), from - 1);
    const part = first === from - 1 ? 0 : centre - first;
    return part === 0 ? { first, weights: [1] } : { first, weights: [1 - part, part] };
  });

function filterFor(from: number, to: number, pixelArt: boolean): Filter {
  if (to < from) return area;
  return pixelArt && to % from === 0 ? nearest : linear;
}

/**
 * Images [count, from, from, channels] at another size, before rounding: [count, to, to, channels], 0 to 255.
 * Pixel art is enlarged by whole factors by repeating pixels; else area average downwards and bilinear upwards.
 * Colours are averaged as stored, in sRGB, as every image library does by default.
 */
export function resizeValues(
  pixels: Uint8Array,
  from: number,
  to: number,
  channels: number,
  pixelArt: boolean,
): Float64Array<ArrayBuffer> {
  const count = pixels.length / (from * from * channels);
  const out = new Float64Array(count * to * to * channels);
  forEachImage(pixels, from, to, channels, pixelArt, (image, index) => out.set(image, index * image.length));
  return out;
}

/** Taps of one axis side by side, `width` weights each: the inner loops run millions of times and must not chase objects. */
interface Kernel {
  readonly width: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

function pack(taps: readonly Tap[], from: number): Kernel {
  const width = Math.max(...taps.map(({ weights }) => weights.length));
  const kernel = { width, first: new Int32Array(taps.length), weights: new Float64Array(taps.length * width) };
  taps.forEach(({ first, weights }, i) => {
    // Near the far edge a short tap starts earlier, with zeros in front, so that none reads past the edge.
    const start = Math.min(first, from - width);
    kernel.first[i] = start;
    kernel.weights.set(weights, i * width + first - start);
  });
  return kernel;
}

/** Calls back with each resized image; the array is reused for the next. */
function forEachImage(
  pixels: Uint8Array,
  from: number,
  to: number,
  channels: number,
  pixelArt: boolean,
  done: (image: Float64Array, index: number) => void,
): void {
  const { width, first, weights } = pack(filterFor(from, to, pixelArt)(from, to), from);
  const rowLength = from * channels;
  const row = new Float64Array(rowLength);
  const image = new Float64Array(to * to * channels);
  const length = from * rowLength;
  for (let index = 0; index * length < pixels.length; index++) {
    let target = 0;
    for (let y = 0; y < to; y++) {
      const above = index * length + (first[y] as number) * rowLength;
      for (let i = 0; i < rowLength; i++) {
        let sum = 0;
        for (let k = 0; k < width; k++) {
          sum += (weights[y * width + k] as number) * (pixels[above + k * rowLength + i] as number);
        }
        row[i] = sum;
      }
      for (let x = 0; x < to; x++) {
        const left = (first[x] as number) * channels;
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let k = 0; k < width; k++) {
            sum += (weights[x * width + k] as number) * (row[left + k * channels + c] as number);
          }
          image[target++] = sum;
        }
      }
    }
    done(image, index);
  }
}

function resizeSplit(split: Split, from: number, to: number, channels: number, pixelArt: boolean): Split {
  const pixels = new Uint8Array(split.count * to * to * channels);
  forEachImage(split.pixels, from, to, channels, pixelArt, (image, index) => {
    const base = index * image.length;
    // Values are 0 or more, so truncating after adding a half rounds to the nearest.
    for (let i = 0; i < image.length; i++) pixels[base + i] = (image[i] as number) + 0.5;
  });
  return { count: split.count, pixels, labels: split.labels };
}

/** The data set at `size` x `size` pixels, rounded to whole values; itself where that is its size already. */
export function resizeDataset(dataset: Dataset, size: number): Dataset {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`not an image size: ${size}`);
  if (size === dataset.size) return dataset;
  const { size: from, channels, pixelArt = false } = dataset;
  return {
    ...dataset,
    size,
    train: resizeSplit(dataset.train, from, size, channels, pixelArt),
    heldOut: resizeSplit(dataset.heldOut, from, size, channels, pixelArt),
  };
}
