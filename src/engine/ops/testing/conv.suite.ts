import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ops from '../index.ts';
import { type Compare, noise } from './compare.ts';

export interface ConvShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly pad: 'same' | 'valid' | number;
}

/** Forward, both gradients, and the same for the transposed convolution. @returns the largest relative error */
export function convError(compare: Compare, shape: ConvShape): Promise<number> {
  const { batch, height, width, channels, filters, kernel, pad } = shape;
  const strides = [...shape.stride] as [number, number];
  const inputShape: [number, number, number, number] = [batch, height, width, channels];
  const info = tf.backend_util.computeConv2DInfo(inputShape, [...kernel, channels, filters], strides, 1, pad);
  const inputs = [noise(inputShape, 1), noise([...kernel, channels, filters], 2), noise(info.outShape, 3)] as const;
  return compare(inputs, (...tensors) => {
    const [x, filter, dy] = tensors as unknown as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const forward = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad);
    const backward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, inputShape, strides, pad);
    return [
      forward(x, filter),
      ...tf.grads(forward)([x, filter], dy),
      backward(dy, filter),
      ...tf.grads(backward)([dy, filter], x),
    ];
  });
}

/** convAct and convTransposeAct with all gradients. */
export function convActError(compare: Compare, shape: ConvShape, slope: number): Promise<number> {
  const { batch, height, width, channels, filters, kernel } = shape;
  const [stride] = shape.stride;
  const small: [number, number, number, number] = [
    batch,
    Math.ceil(height / stride),
    Math.ceil(width / stride),
    filters,
  ];
  const inputs = [
    noise([batch, height, width, channels], 1),
    noise([...kernel, channels, filters], 2),
    noise(small, 3),
    noise([filters], 4),
    noise([channels], 5),
  ] as const;
  return compare(inputs, (x, filter, y, biasOfY, biasOfX) => {
    const down = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
      ops.convAct(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor1D, stride, slope);
    const up = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
      ops.convTransposeAct(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor1D, [height, width], stride, slope);
    return [
      down(x, filter, biasOfY),
      ...tf.grads(down)([x, filter, biasOfY], y),
      up(y, filter, biasOfX),
      ...tf.grads(up)([y, filter, biasOfX], x),
    ];
  });
}

const dcgan = { kernel: [4, 4], stride: [2, 2], pad: 'same' } as const;
const named: readonly [string, ConvShape][] = [
  ['D conv1 of DCGAN-28', { batch: 3, height: 28, width: 28, channels: 1, filters: 16, ...dcgan }],
  ['D conv2 of DCGAN-28', { batch: 2, height: 14, width: 14, channels: 24, filters: 32, ...dcgan }],
  ['RGB', { batch: 2, height: 16, width: 16, channels: 3, filters: 20, ...dcgan }],
  ['64 channels', { batch: 1, height: 6, width: 6, channels: 64, filters: 64, ...dcgan }],
  ['odd image, odd channels', { batch: 2, height: 7, width: 9, channels: 5, filters: 7, ...dcgan }],
  ['stride 1', { batch: 2, height: 6, width: 5, channels: 4, filters: 3, kernel: [3, 3], stride: [1, 1], pad: 'same' }],
  ['1x1', { batch: 2, height: 5, width: 4, channels: 17, filters: 9, kernel: [1, 1], stride: [1, 1], pad: 'same' }],
  ['valid', { batch: 1, height: 9, width: 8, channels: 16, filters: 8, kernel: [5, 3], stride: [2, 1], pad: 'valid' }],
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
    'many images',
    { batch: 9, height: 8, width: 8, channels: 3, filters: 2, kernel: [3, 3], stride: [1, 1], pad: 'same' },
  ],
  [
    'many filter rows',
    { batch: 2, height: 4, width: 4, channels: 40, filters: 6, kernel: [3, 3], stride: [1, 1], pad: 'same' },
  ],
];

const side = fc.integer({ min: 1, max: 9 });
const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
const count = fc.oneof(fc.constantFrom(1, 3, 4, 5, 8, 16, 17, 64), fc.integer({ min: 1, max: 20 }));
const shapes = fc
  .record<ConvShape>({
    batch: fc.integer({ min: 1, max: 3 }),
    height: side,
    width: side,
    channels: count,
    filters: count,
    kernel: pair(5),
    stride: pair(3),
    pad: fc.constantFrom('same', 'valid'),
  })
  .filter(({ pad, kernel, height, width }) => pad === 'same' || (kernel[0] <= height && kernel[1] <= width));

/**
 * Convolutions against the cpu backend.
 *
 * @param runs random shapes
 */
export function convSuite(compare: Compare, runs: number): void {
  test.each(named)('convolution and its gradients: %s', async (_name, shape) => {
    expect(await convError(compare, shape)).toBeLessThan(1e-5);
  });

  test('convolution and its gradients: random shapes', async () => {
    const property = fc.asyncProperty(shapes, async (shape) => {
      expect(await convError(compare, shape)).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: runs, seed: 7 });
  });

  test('convAct and convTransposeAct with their gradients: random shapes', async () => {
    const slope = fc.constantFrom(0, 0.2, 1);
    const property = fc.asyncProperty(shapes, slope, async (shape, bend) => {
      expect(await convActError(compare, shape, bend)).toBeLessThan(1e-5);
    });
    await fc.assert(property, { numRuns: Math.ceil(runs / 2), seed: 8 });
  });

  test('a dilated convolution is left to tfjs', async () => {
    const error = await compare([noise([1, 9, 9, 3], 1), noise([3, 3, 3, 4], 2)], (x, w) => [
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NHWC', 2),
    ]);
    expect(error).toBeLessThan(1e-5);
  });
}
