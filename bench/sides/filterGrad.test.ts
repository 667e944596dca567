import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { nodeStarters } from '../../src/engine/backend/node.ts';
import { use } from '../../src/engine/testing/backends.ts';
import { noise, read } from '../../src/engine/testing/values.ts';
import { composedFilterGrad } from './filterGrad.ts';

beforeAll(() => use(nodeStarters, 'cpu'));

const size = (most: number) => fc.integer({ min: 1, max: most });

test('it is the gradient that tfjs computes where it has the kernel', async () => {
  await fc.assert(
    fc.asyncProperty(size(3), size(9), size(4), size(3), size(4), size(2), async (n, side, k, inC, outC, stride) => {
      const draw = (shape: [number, number, number, number], seed: number) =>
        tf.tensor(Float32Array.from(noise(tf.util.sizeFromShape(shape), seed)), shape, 'float32') as tf.Tensor4D;
      const x = draw([n, side, side, inC], 1);
      const out = Math.ceil(side / stride);
      const dy = draw([n, out, out, outC], 2);
      const filter = draw([k, k, inC, outC], 3);
      const wanted = tf.grad((w) => tf.sum(tf.mul(tf.conv2d(x, w as tf.Tensor4D, stride, 'same'), dy)))(filter);
      const got = composedFilterGrad(x, dy, filter.shape, stride);
      expect(got.shape).toEqual(filter.shape);
      const error = (await read(tf.max(tf.abs(tf.sub(got, wanted)))))[0] as number;
      expect(error).toBeLessThan(1e-4);
      tf.dispose([x, dy, filter, wanted, got]);
    }),
    { numRuns: 30 },
  );
});
