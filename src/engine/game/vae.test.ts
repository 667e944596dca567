import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { vaeDifferences, vaeTests } from './vae.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], (backend) => {
  vaeTests(1e-4);
  // Its sums are in float64; float32's rounding would drown the differences.
  if (backend === 'cpu') vaeDifferences();
});
