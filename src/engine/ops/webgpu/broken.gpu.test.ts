/** The tests of the kernels notice a kernel that is broken on purpose. */
import { beforeAll, describe, expect, test } from 'vitest';
import { compareOn } from '../testing/compare.ts';
import { type ConvShape, convError } from '../testing/conv.suite.ts';
import type { Runtime } from './runtime.ts';
import { broken, listen, startPoisoned } from './testing.ts';
import { all, variants } from './variants.ts';

const compare = compareOn('webgpu');
const shape: ConvShape = {
  batch: 2,
  height: 4,
  width: 4,
  channels: 4,
  filters: 20,
  kernel: [3, 3],
  stride: [1, 1],
  pad: 'same',
};

let runtime: Runtime;
let complaints: () => string[];

beforeAll(async () => {
  runtime = await startPoisoned();
  complaints = listen(runtime);
});

/** Replaces a piece of every shader that has it. */
function edited(find: string, replacement: string) {
  let edits = 0;
  const createShaderModule = (original: GPUDevice['createShaderModule']) => (descriptor: GPUShaderModuleDescriptor) => {
    if (descriptor.code.includes(find)) edits++;
    return original({ ...descriptor, code: descriptor.code.replaceAll(find, replacement) });
  };
  return { replaced: { createShaderModule }, edits: () => edits };
}

describe.each(variants)('products by %s', (variant) => {
  beforeAll(() => {
    runtime.choice = all(variant);
  });

  test('as they are, they pass', async () => {
    expect(await broken(runtime, {}, () => convError(compare, shape))).toBeLessThan(1e-5);
  });

  test('a wrong tap', async () => {
    const { replaced, edits } = edited('let tapX = s % kernelWidth;', 'let tapX = (s + 1) % kernelWidth;');
    expect(await broken(runtime, replaced, () => convError(compare, shape))).toBeGreaterThan(1e-2);
    expect(edits()).toBeGreaterThan(0);
  });

  test('an unwritten row', async () => {
    const { replaced, edits } = edited('if (start >= 0)', 'if (start >= 0 && out != 3)');
    expect(await broken(runtime, replaced, () => convError(compare, shape))).toBeNaN();
    expect(edits()).toBeGreaterThan(0);
  });
});

test('a binding left out: nothing runs, and the device says so', async () => {
  const createBindGroup = (original: GPUDevice['createBindGroup']) => (descriptor: GPUBindGroupDescriptor) =>
    original({ ...descriptor, entries: [...descriptor.entries].slice(0, -1) });
  expect(await broken(runtime, { createBindGroup }, () => convError(compare, shape))).toBeNaN();
  expect(complaints().join()).toContain('conv');
});
