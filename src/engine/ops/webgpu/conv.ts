import * as tf from '@tensorflow/tfjs-core';
import type { ConvInfo } from '../geometry.ts';
import { filterProduct, forwardProduct, type Geometry, inputProduct } from './convProducts.ts';
import { type Ending, multiply, usesTiles } from './multiply.ts';
import { blocksOf } from './product.ts';
import { blockFor } from './registers.ts';
import { widthOf } from './rows.ts';
import type { Runtime } from './runtime.ts';
import { addSlices } from './slices.ts';
import { tile } from './tiles.ts';

type Tensor = tf.TensorInfo;

function geometryOf(info: ConvInfo): Geometry {
  return {
    height: info.inHeight,
    width: info.inWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

/** y of x [batch, height, width, channels]. */
export function conv2d(runtime: Runtime, x: Tensor, filter: Tensor, info: ConvInfo, ending?: Ending): Tensor {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = info;
  const result = runtime.output(info.outShape);
  multiply(runtime, 'conv', forwardProduct(widthOf(inChannels), widthOf(outChannels)), {
    a: x,
    b: filter,
    result,
    size: { planes: 1, rows: batchSize * outHeight * outWidth, columns: outChannels, depth: inChannels },
    params: geometryOf(info),
    ending,
  });
  return result;
}

/** The gradient with respect to x; forwards, a transposed convolution. */
export function conv2dInput(runtime: Runtime, dy: Tensor, filter: Tensor, info: ConvInfo, ending?: Ending): Tensor {
  const { batchSize, inHeight, inWidth, inChannels, outChannels, strideHeight, strideWidth } = info;
  const [phaseHeight, phaseWidth] = [Math.ceil(inHeight / strideHeight), Math.ceil(inWidth / strideWidth)];
  const result = runtime.output(info.inShape);
  multiply(runtime, 'convInput', inputProduct(widthOf(inChannels), widthOf(outChannels)), {
    a: dy,
    b: filter,
    result,
    size: {
      planes: strideHeight * strideWidth,
      rows: batchSize * phaseHeight * phaseWidth,
      columns: inChannels,
      depth: outChannels,
    },
    params: { ...geometryOf(info), phaseHeight, phaseWidth },
    ending,
  });
  return result;
}

/** Blocks of a filter gradient that keep a device busy: one with fewer sums its positions up in slices. */
const busy = { registers: 1024, tiles: 256 };
const mostSlices = 64;
/** Floats in the partial sums of all slices: 16 MB. */
const mostPartial = 2 ** 22;

/** The gradient with respect to the filter. */
export function conv2dFilter(runtime: Runtime, x: Tensor, dy: Tensor, info: ConvInfo): Tensor {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = info;
  const product = filterProduct(widthOf(inChannels), widthOf(outChannels));
  const taps = info.filterHeight * info.filterWidth;
  const size = { planes: taps, rows: inChannels, columns: outChannels, depth: outWidth };
  const tiled = usesTiles(runtime, 'convFilter', size);
  const block = tiled ? tile : blockFor(size.rows, size.columns, product.width);
  const result = runtime.output(info.filterShape);
  const outRows = batchSize * outHeight;
  const wanted = Math.min(
    mostSlices,
    outRows,
    Math.ceil(busy[tiled ? 'tiles' : 'registers'] / blocksOf(size, block.rows, block.columns)),
    Math.floor(mostPartial / tf.util.sizeFromShape(info.filterShape)),
  );
  const share = Math.ceil(outRows / Math.max(1, wanted));
  const slices = Math.ceil(outRows / share);
  const parts = slices > 1 ? runtime.output([slices, ...info.filterShape]) : undefined;
  multiply(runtime, 'convFilter', product, {
    a: x,
    b: dy,
    result: parts ?? result,
    size: { ...size, planes: taps * slices },
    params: { ...geometryOf(info), outRows, slices, share },
  });
  if (parts) addSlices(runtime, parts, slices, [result]);
  return result;
}
