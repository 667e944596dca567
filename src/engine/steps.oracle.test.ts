import { describe, test } from 'vitest';
import { nodeStarters } from './backend/node.ts';
import { onEach } from './testing/backends.ts';
import { expectRun } from './testing/steps.ts';

describe('ten steps against PyTorch in float64: signals, weights, averages, running statistics, sheets', () => {
  onEach(nodeStarters, ['cpu', 'wasm'], (backend) => {
    test.each(['dcgan16', 'dcgan28', 'mlp'] as const)('%s', (name) => expectRun(name, 2e-5));
    // Its 128 channels are slow in plain JavaScript.
    test('article', () => expectRun('article', 1e-4, backend === 'cpu' ? 2 : 10));
  });
});
