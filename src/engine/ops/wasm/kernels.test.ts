import { beforeAll } from 'vitest';
import { nodeHost } from '../../backend/wasmHost.node.ts';
import { kernelsSuite } from './kernels.suite.ts';
import { PATIENCE, startBoth } from './testing.ts';

beforeAll(async () => {
  await startBoth(nodeHost);
}, PATIENCE);

kernelsSuite();
