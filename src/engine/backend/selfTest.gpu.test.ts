/** The self-test on WebGPU, where the device chooses the programs: those for many channels, by tiles. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Runtime } from '../ops/webgpu/runtime.ts';
import { broken } from '../ops/webgpu/testing.ts';
import { all, families } from '../ops/webgpu/variants.ts';
import { selfTest, selfTestTolerance } from './selfTest.ts';
import { startWebgpu } from './webgpu.ts';

let runtime: Runtime;

beforeAll(async () => {
  runtime = await startWebgpu();
  runtime.choice = all('tiles');
});

/** The self-test's error, and the names of all programs that it ran, where `change` has had each program's code. */
async function run(change: (label: string, code: string) => string = (_, code) => code) {
  const labels: string[] = [];
  const createShaderModule = (original: GPUDevice['createShaderModule']) => (descriptor: GPUShaderModuleDescriptor) => {
    const label = descriptor.label ?? '';
    labels.push(label);
    return original({ ...descriptor, code: change(label, descriptor.code) });
  };
  return { error: await broken(runtime, { createShaderModule }, () => selfTest()), labels };
}

describe('on many channels', () => {
  test('it runs every product by tiles, and every other program on four channels at a time', async () => {
    const { error, labels } = await run();
    expect(error).toBeLessThan(selfTestTolerance / 10);
    const ran = (...words: readonly string[]) =>
      labels.some((label) => words.every((word) => ` ${label} `.includes(` ${word} `)));
    const products = [...families.filter((family) => family !== 'matMul'), 'matMulNN', 'matMulNT', 'matMulTN'];
    expect(products.filter((name) => !ran(name, 'tiles'))).toEqual([]);
    const rows = [
      'biasAct',
      'biasActGrad',
      'affineAct',
      'blend',
      'moments',
      'normAct',
      'normActGradSums',
      'normActGrad',
    ];
    expect([...rows, 'dotRows', 'weightedSum'].filter((name) => !ran(name, 'x4'))).toEqual([]);
    expect([ran('adam', 'x4', 'averaged'), ran('adam', 'x1', 'averaged')]).toEqual([true, true]);
    expect(['biasTanh', 'biasTanhGrad'].filter((name) => !ran(name, 'x1'))).toEqual([]);
  });

  test('a step of the depth that tiles leave out fails it', async () => {
    const { error } = await run((label, code) =>
      /^convFilter tiles/.test(label) ? code.replaceAll('k < 8', 'k < 7') : code,
    );
    expect(error).toBeGreaterThan(selfTestTolerance);
  });
});
