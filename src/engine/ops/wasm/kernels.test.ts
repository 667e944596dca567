import { beforeAll, describe } from 'vitest';
import { convSuite } from './conv.suite.ts';
import { fusedSuite } from './fused.suite.ts';
import { matmulSuite } from './matmul.suite.ts';
import { PATIENCE, startBoth } from './testing.ts';

beforeAll(async () => {
  await startBoth();
}, PATIENCE);

describe('convolution', { timeout: PATIENCE }, convSuite);
describe('matrix product', { timeout: PATIENCE }, matmulSuite);
describe('fused ops', { timeout: PATIENCE }, fusedSuite);
