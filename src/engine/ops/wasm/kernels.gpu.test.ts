/** The kernel tests once more in a browser, where relaxed SIMD gives the build with fused multiply-add. */
import { beforeAll, describe, expect, test } from 'vitest';
import { wasmPaths } from '../../backend/wasmPaths.vite.ts';
import { convSuite } from './conv.suite.ts';
import { fusedSuite } from './fused.suite.ts';
import { KernelHeap } from './heap.ts';
import { matmulSuite } from './matmul.suite.ts';
import { PATIENCE, startBoth, wasmBackend } from './testing.ts';

let relaxed = false;

beforeAll(async () => {
  ({ relaxed } = await startBoth({ paths: wasmPaths }));
}, PATIENCE);

test('Chromium has relaxed SIMD', () => {
  expect(relaxed).toBe(true);
});

test('an isolated page still gets the single-threaded build, whose memory is not shared', () => {
  expect(crossOriginIsolated).toBe(true);
  expect(new KernelHeap(wasmBackend()).memory.buffer).toBeInstanceOf(ArrayBuffer);
});

describe('convolution', { timeout: PATIENCE }, convSuite);
describe('matrix product', { timeout: PATIENCE }, matmulSuite);
describe('fused ops', { timeout: PATIENCE }, fusedSuite);
