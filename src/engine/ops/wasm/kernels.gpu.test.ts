/** The kernel tests once more in a browser, where relaxed SIMD gives the build with fused multiply-add. */
import { beforeAll, describe, expect, test } from 'vitest';
import { browserHost } from '../../backend/wasmHost.vite.ts';
import { convSuite } from './conv.suite.ts';
import { fusedSuite } from './fused.suite.ts';
import { KernelHeap } from './heap.ts';
import { lossSuite } from './loss.suite.ts';
import { matmulSuite } from './matmul.suite.ts';
import { optimizerSuite } from './optimizer.suite.ts';
import { PATIENCE, startBoth, wasmBackend } from './testing.ts';

let relaxed = false;

beforeAll(async () => {
  ({ relaxed } = await startBoth(browserHost));
}, PATIENCE);

test('Chromium has relaxed SIMD', () => {
  expect(relaxed).toBe(true);
});

test('on an isolated page the memory is shared, where there is more than one core', () => {
  expect(crossOriginIsolated).toBe(true);
  expect(new KernelHeap(wasmBackend()).shared).toBe(navigator.hardwareConcurrency > 1);
});

describe('convolution', { timeout: PATIENCE }, convSuite);
describe('matrix product', { timeout: PATIENCE }, matmulSuite);
describe('fused ops', { timeout: PATIENCE }, fusedSuite);
describe('losses', { timeout: PATIENCE }, lossSuite);
describe('optimizer', { timeout: PATIENCE }, optimizerSuite);
