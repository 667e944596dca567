import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { nodeStarters } from './backend/node.ts';
import { onEach } from './testing/backends.ts';
import { read } from './testing/values.ts';
import { upload } from './upload.ts';

onEach(nodeStarters, ['cpu', 'wasm'], () => {
  test('a tensor keeps its values when others follow, longer or shorter', async () => {
    const sizes = [6, 2, 12, 4];
    const tensors = sizes.map((size, i) => upload([size / 2, 2], (values) => values.fill(i + 1)));
    for (const [i, tensor] of tensors.entries()) {
      expect(tensor.shape).toEqual([(sizes[i] as number) / 2, 2]);
      expect(tensor.dtype).toBe('float32');
      expect([...(await read(tensor))]).toEqual(new Array(sizes[i]).fill(i + 1));
    }
    tf.dispose(tensors);
  });
});
