import type { ConvInfo } from '../geometry.ts';
import type { Family } from './variants.ts';

/** What the products of the race are made of: x NHWC, filter [kh, kw, channels, filters], dy like y. */
export interface Factors {
  readonly x: Float32Array;
  readonly filter: Float32Array;
  readonly dy: Float32Array;
}

/**
 * Elements of each family's product, one at a time, by plain loops in JavaScript.
 *
 * @param info of the convolution
 */
export function referenceOf(
  info: ConvInfo,
  { x, filter, dy }: Factors,
): Readonly<Record<Family, (index: number) => number>> {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels, outChannels: filters } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const at = (values: Float32Array, index: number) => values[index] as number;
  const inside = (index: number, length: number) => Number.isInteger(index) && index >= 0 && index < length;

  /** The row-major index without its last axis, and that axis. */
  const split = (index: number, length: number) => [Math.floor(index / length), index % length] as const;

  return {
    conv: (index) => {
      const [position, f] = split(index, filters);
      const [line, column] = split(position, outWidth);
      const [image, row] = split(line, outHeight);
      let sum = 0;
      for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
        const [tapY, tapX] = split(tap, filterWidth);
        const y = row * strideHeight + tapY - padInfo.top;
        const xAt = column * strideWidth + tapX - padInfo.left;
        if (!inside(y, inHeight) || !inside(xAt, inWidth)) continue;
        const pixel = (image * inHeight + y) * inWidth + xAt;
        for (let c = 0; c < channels; c++) {
          sum += at(x, pixel * channels + c) * at(filter, (tap * channels + c) * filters + f);
        }
      }
      return sum;
    },

    convInput: (index) => {
      const [pixel, c] = split(index, channels);
      const [line, column] = split(pixel, inWidth);
      const [image, row] = split(line, inHeight);
      let sum = 0;
      for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
        const [tapY, tapX] = split(tap, filterWidth);
        const y = (row + padInfo.top - tapY) / strideHeight;
        const xAt = (column + padInfo.left - tapX) / strideWidth;
        if (!inside(y, outHeight) || !inside(xAt, outWidth)) continue;
        const position = (image * outHeight + y) * outWidth + xAt;
        for (let f = 0; f < filters; f++) {
          sum += at(dy, position * filters + f) * at(filter, (tap * channels + c) * filters + f);
        }
      }
      return sum;
    },

    convFilter: (index) => {
      const [row, f] = split(index, filters);
      const [tap, c] = split(row, channels);
      const [tapY, tapX] = split(tap, filterWidth);
      let sum = 0;
      for (let position = 0; position < batchSize * outHeight * outWidth; position++) {
        const [line, column] = split(position, outWidth);
        const [image, outRow] = split(line, outHeight);
        const y = outRow * strideHeight + tapY - padInfo.top;
        const xAt = column * strideWidth + tapX - padInfo.left;
        if (!inside(y, inHeight) || !inside(xAt, inWidth)) continue;
        sum += at(x, ((image * inHeight + y) * inWidth + xAt) * channels + c) * at(dy, position * filters + f);
      }
      return sum;
    },

    // dy as rows of filters, times the transpose of the filter as rows of filters.
    matMul: (index) => {
      const [row, column] = split(index, filterHeight * filterWidth * channels);
      let sum = 0;
      for (let f = 0; f < filters; f++) sum += at(dy, row * filters + f) * at(filter, column * filters + f);
      return sum;
    },
  };
}
