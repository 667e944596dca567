/** The three passes of a two-dimensional convolution as products. Layouts: x NHWC, filter [kh, kw, channels, filters]. */
import type { Product } from './product.ts';
import { once } from './program.ts';
import type { Width } from './rows.ts';

const geometry = [
  'height',
  'width',
  'outHeight',
  'outWidth',
  'kernelHeight',
  'kernelWidth',
  'strideY',
  'strideX',
  'padTop',
  'padLeft',
] as const;

export type Geometry = Readonly<Record<(typeof geometry)[number], number>>;

/** WGSL: the image, row and column of a position. Divisions are dear, so a remainder is not taken by another one. */
function positionStatements(id: string, index: string, height: string, width: string): string {
  return `
        let line${id} = ${index} / ${width};
        let image${id} = line${id} / ${height};
        let row${id} = line${id} - image${id} * ${height};
        let column${id} = ${index} - line${id} * ${width};`;
}

/** y: a row is a position of the output, a segment a tap, the depth the channels. */
export const forwardProduct = once((channels: Width, filters: Width): Product => {
  return {
    name: 'conv',
    params: geometry,
    plane: 'let first = 0; let last = kernelHeight * kernelWidth;',
    segment: 'let tapY = s / kernelWidth; let tapX = s % kernelWidth;',
    a: {
      along: 'depth',
      width: channels,
      padded: true,
      prepare: (id, index) => `
        ${positionStatements(id, index, 'outHeight', 'outWidth')}
        let y${id} = row${id} * strideY - padTop;
        let x${id} = column${id} * strideX - padLeft;`,
      start: (id) =>
        `select(-1, ((image${id} * height + y${id} + tapY) * width + x${id} + tapX) * depth, ` +
        `inside(y${id} + tapY, height) && inside(x${id} + tapX, width))`,
    },
    b: { along: 'side', width: filters, start: (_, index) => `(s * depth + ${index}) * columns` },
    row: { start: (_, index) => `${index} * columns` },
    width: filters,
  };
});

/**
 * dx, or a transposed convolution. Taps reach only those pixels that stand at the same phase of the stride, so each phase is
 * a product of its own, without multiplications by the zeros between. A row is a pixel of the phase, a segment one of
 * its taps, the depth the filters.
 */
export const inputProduct = once((channels: Width, filters: Width): Product => {
  return {
    name: 'convInput',
    params: [...geometry, 'phaseHeight', 'phaseWidth'],
    // Pixel y has taps t with (y + padTop - t) divisible by the stride; y = row * strideY + phaseY.
    plane: `
      let phaseY = plane / strideX;
      let phaseX = plane % strideX;
      let firstY = (phaseY + padTop) % strideY;
      let firstX = (phaseX + padLeft) % strideX;
      let atY = (phaseY + padTop) / strideY;
      let atX = (phaseX + padLeft) / strideX;
      let tapsX = (kernelWidth - firstX + strideX - 1) / strideX;
      let first = 0;
      let last = max(0, (kernelHeight - firstY + strideY - 1) / strideY * tapsX);`,
    segment: `
        let tapY = s / tapsX;
        let tapX = s % tapsX;
        let tap = (firstY + tapY * strideY) * kernelWidth + firstX + tapX * strideX;`,
    a: {
      along: 'depth',
      width: filters,
      padded: true,
      prepare: (id, index) => `
        ${positionStatements(id, index, 'phaseHeight', 'phaseWidth')}
        let y${id} = row${id} + atY;
        let x${id} = column${id} + atX;`,
      start: (id) =>
        `select(-1, ((image${id} * outHeight + y${id} - tapY) * outWidth + x${id} - tapX) * depth, ` +
        `inside(y${id} - tapY, outHeight) && inside(x${id} - tapX, outWidth))`,
    },
    b: { along: 'depth', width: filters, start: (_, index) => `(tap * columns + ${index}) * depth` },
    row: {
      // The last pixels of a phase may lie outside of an image whose side the stride does not divide.
      prepare: (id, index) => `
        ${positionStatements(id, index, 'phaseHeight', 'phaseWidth')}
        let y${id} = row${id} * strideY + phaseY;
        let x${id} = column${id} * strideX + phaseX;`,
      start: (id) =>
        `select(-1, ((image${id} * height + y${id}) * width + x${id}) * columns, y${id} < height && x${id} < width)`,
    },
    width: channels,
  };
});

/**
 * dfilter: a product for each tap and slice of the positions. A row is a channel, a column a filter, a segment a row of
 * the output, the depth its pixels.
 */
export const filterProduct = once((channels: Width, filters: Width): Product => {
  return {
    name: 'convFilter',
    params: [...geometry, 'outRows', 'slices', 'share'],
    // The pixels of x under this tap that exist are those from `low` to `highX` of an output row.
    plane: `
      let tap = plane / slices;
      let slice = plane % slices;
      let tapY = tap / kernelWidth - padTop;
      let tapX = tap % kernelWidth - padLeft;
      let first = slice * share;
      let last = min(first + share, outRows);
      let low = max(0, (strideX - 1 - tapX) / strideX);
      let highX = min(depth, select(0, (width - 1 - tapX) / strideX + 1, tapX < width));`,
    segment: `
        let y = s % outHeight * strideY + tapY;
        let rowOfX = s / outHeight * height + y;
        let high = select(0, highX, inside(y, height));`,
    bounded: true,
    a: { along: 'side', width: channels, start: (_, index) => `(rowOfX * width + ${index} * strideX + tapX) * rows` },
    b: { along: 'side', width: filters, start: (_, index) => `(s * depth + ${index}) * columns` },
    row: {
      start: (_, index) => `((slice * kernelHeight * kernelWidth + tap) * rows + ${index}) * columns`,
    },
    width: filters,
  };
});
