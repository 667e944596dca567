import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ops from '../index.ts';
import { errorOnWasm, noise } from './testing.ts';

interface Shape {
  batch: number;
  height: number;
  width: number;
  channels: number;
  filters: number;
  kernel: readonly [number, number];
  stride: readonly [number, number];
  pad: 'same' | 'valid' | number;
}

const strides = ({ stride }: Shape): [number, number] => [...stride];

/** Forward, both gradients, and the same for the transposed convolution, against the cpu backend. */
function allPasses(shape: Shape): Promise<number> {
  const { batch, height, width, channels, filters, kernel, pad } = shape;
  const info = tf.backend_util.computeConv2DInfo(
    [batch, height, width, channels],
    [...kernel, channels, filters],
    strides(shape),
    1,
    pad,
  );
  const x = noise([batch, height, width, channels], 1);
  const w = noise([...kernel, channels, filters], 2);
  const dy = noise(info.outShape, 3);
  return errorOnWasm([x, w, dy], (...tensors) => {
    const [tx, tw, tdy] = tensors as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const forward = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides(shape), pad);
    const backward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, tx.shape, strides(shape), pad);
    return [
      forward(tx, tw),
      ...tf.grads(forward)([tx, tw], tdy),
      backward(tdy, tw),
      ...tf.grads(backward)([tdy, tw], tx),
    ];
  });
}

interface Layer {
  batch: number;
  height: number;
  width: number;
  channels: number;
  filters: number;
  kernel: number;
  stride: number;
  slope: number;
}

/** Both layers with bias and leaky ReLU, and the gradients with respect to all that goes in. */
function allOfLayers({ batch, height, width, channels, filters, kernel, stride, slope }: Layer): Promise<number> {
  const [outHeight, outWidth] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const x = noise([batch, height, width, channels], 1);
  const w = noise([kernel, kernel, channels, filters], 2);
  const y = noise([batch, outHeight, outWidth, filters], 3);
  return errorOnWasm([x, w, y, noise([filters], 4), noise([channels], 5)], (tx, tw, ty, bias, biasT) => {
    const down = (a: tf.Tensor, f: tf.Tensor, b: tf.Tensor) =>
      ops.convAct(a as tf.Tensor4D, f as tf.Tensor4D, b as tf.Tensor1D, stride, slope);
    const up = (a: tf.Tensor, f: tf.Tensor, b: tf.Tensor) =>
      ops.convTransposeAct(a as tf.Tensor4D, f as tf.Tensor4D, b as tf.Tensor1D, [height, width], stride, slope);
    return [
      down(tx, tw, bias),
      ...tf.grads(down)([tx, tw, bias], ty),
      up(ty, tw, biasT),
      ...tf.grads(up)([ty, tw, biasT], tx),
    ];
  });
}

const dcgan = { kernel: [4, 4], stride: [2, 2], pad: 'same' } as const;

/** The tests of these kernels, for either build of them: call where both backends have started. */
export function convSuite(): void {
  describe('convolution and its gradients equal the cpu backend', () => {
    test.each<[string, Shape]>([
      ['D conv1 of DCGAN-28', { batch: 3, height: 28, width: 28, channels: 1, filters: 16, ...dcgan }],
      ['D conv2 of DCGAN-28', { batch: 2, height: 14, width: 14, channels: 24, filters: 32, ...dcgan }],
      ['RGB', { batch: 2, height: 16, width: 16, channels: 3, filters: 20, ...dcgan }],
      ['odd image, odd channels', { batch: 2, height: 7, width: 9, channels: 5, filters: 7, ...dcgan }],
      [
        'stride 1',
        { batch: 2, height: 6, width: 5, channels: 4, filters: 3, kernel: [3, 3], stride: [1, 1], pad: 'same' },
      ],
      ['1x1', { batch: 2, height: 5, width: 4, channels: 17, filters: 9, kernel: [1, 1], stride: [1, 1], pad: 'same' }],
      [
        'valid',
        { batch: 1, height: 9, width: 8, channels: 16, filters: 8, kernel: [5, 3], stride: [2, 1], pad: 'valid' },
      ],
      [
        'stride 3 above kernel 2',
        { batch: 2, height: 8, width: 8, channels: 9, filters: 5, kernel: [2, 2], stride: [3, 3], pad: 'same' },
      ],
      [
        'kernel wider than the image',
        { batch: 2, height: 3, width: 2, channels: 2, filters: 3, kernel: [7, 7], stride: [1, 1], pad: 'same' },
      ],
      [
        'explicit padding',
        { batch: 2, height: 6, width: 6, channels: 18, filters: 6, kernel: [3, 3], stride: [2, 2], pad: 2 },
      ],
      [
        'one pixel',
        { batch: 1, height: 1, width: 1, channels: 1, filters: 1, kernel: [1, 1], stride: [1, 1], pad: 'same' },
      ],
      [
        'more positions than a block',
        { batch: 9, height: 8, width: 8, channels: 3, filters: 2, kernel: [3, 3], stride: [1, 1], pad: 'same' },
      ],
      [
        'more filter rows than a chunk',
        { batch: 2, height: 4, width: 4, channels: 40, filters: 6, kernel: [3, 3], stride: [1, 1], pad: 'same' },
      ],
    ])('%s', async (_name, shape) => {
      expect(await allPasses(shape)).toBeLessThan(1e-5);
    });

    test('random shapes', async () => {
      const side = fc.integer({ min: 1, max: 9 });
      const count = fc.oneof(fc.constantFrom(1, 3, 4, 5, 8, 16, 17), fc.integer({ min: 1, max: 20 }));
      const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
      const shapes = fc.record<Shape>({
        batch: fc.integer({ min: 1, max: 3 }),
        height: side,
        width: side,
        channels: count,
        filters: count,
        kernel: pair(5),
        stride: pair(3),
        pad: fc.constantFrom('same', 'valid'),
      });
      const fits = ({ pad, kernel, height, width }: Shape) =>
        pad === 'same' || (kernel[0] <= height && kernel[1] <= width);
      await fc.assert(
        fc.asyncProperty(shapes.filter(fits), async (shape) => {
          expect(await allPasses(shape)).toBeLessThan(1e-5);
        }),
        { numRuns: 150, seed: 7 },
      );
    });
  });

  test('random layers with bias and leaky ReLU', async () => {
    const side = fc.integer({ min: 1, max: 11 });
    const count = fc.constantFrom(1, 3, 4, 5, 8, 15, 16, 17, 64);
    const layers = fc.record<Layer>({
      // More than a tile has rows, so that whole tiles stand at one place; and fewer, so that none does.
      batch: fc.constantFrom(1, 2, 5, 6, 7, 13),
      height: side,
      width: side,
      channels: count,
      filters: count,
      kernel: fc.integer({ min: 3, max: 5 }),
      stride: fc.integer({ min: 1, max: 2 }),
      slope: fc.constantFrom(0, 0.2, 1),
    });
    await fc.assert(
      fc.asyncProperty(layers, async (layer) => {
        expect(await allOfLayers(layer)).toBeLessThan(1e-5);
      }),
      { numRuns: 80, seed: 7 },
    );
  });

  test('second order: the gradient of a squared input gradient through two convolutions and a dense layer', async () => {
    const shapes = [[5, 9, 9, 3], [4, 4, 3, 5], [4, 4, 5, 6], [54, 1], [5], [6], [1]];
    const error = await errorOnWasm(
      shapes.map((shape, i) => noise(shape, i + 1)),
      (...tensors) => {
        const [x, filter1, filter2, kernel, ...biases] = tensors as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        const [bias1, bias2, bias3] = biases as tf.Tensor[] as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
        const penalty = (first: tf.Tensor, second: tf.Tensor, third: tf.Tensor) => {
          const judge = (image: tf.Tensor) => {
            const a = ops.convAct(image as tf.Tensor4D, first as tf.Tensor4D, bias1, 2, 0.2);
            const b = ops.convAct(a, second as tf.Tensor4D, bias2, 2, 0.2);
            return tf.sum(ops.denseAct(tf.reshape(b, [5, 54]), third as tf.Tensor2D, bias3, 1));
          };
          return tf.sum(tf.square(tf.grad(judge)(x)));
        };
        // Biases have no part in it: where the leaky ReLUs bend is constant almost everywhere.
        return [penalty(filter1, filter2, kernel), ...tf.grads(penalty)([filter1, filter2, kernel])];
      },
    );
    expect(error).toBeLessThan(1e-5);
  });

  test('a dilated convolution falls back to the stock kernel', async () => {
    const error = await errorOnWasm([noise([1, 9, 9, 3], 1), noise([3, 3, 3, 4], 2)], (x, w) => [
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NHWC', 2),
    ]);
    expect(error).toBeLessThan(1e-5);
  });
}
