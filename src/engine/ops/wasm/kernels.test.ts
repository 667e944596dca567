import { beforeAll, describe } from 'vitest';
import { nodeHost } from '../../backend/wasmHost.node.ts';
import { convSuite } from './conv.suite.ts';
import { fusedSuite } from './fused.suite.ts';
import { lossSuite } from './loss.suite.ts';
import { matmulSuite } from './matmul.suite.ts';
import { optimizerSuite } from './optimizer.suite.ts';
import { PATIENCE, startBoth } from './testing.ts';

beforeAll(async () => {
  await startBoth(nodeHost);
}, PATIENCE);

describe('convolution', { timeout: PATIENCE }, convSuite);
describe('matrix product', { timeout: PATIENCE }, matmulSuite);
describe('fused ops', { timeout: PATIENCE }, fusedSuite);
describe('losses', { timeout: PATIENCE }, lossSuite);
describe('optimizer', { timeout: PATIENCE }, optimizerSuite);
