/** The kernel tests once more in a browser, where relaxed SIMD gives the build with fused multiply-add. */
import { beforeAll, expect, test } from 'vitest';
import { browserHost } from '../../backend/wasmHost.vite.ts';
import { KernelHeap } from './heap.ts';
import { kernelsSuite } from './kernels.suite.ts';
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

kernelsSuite();
