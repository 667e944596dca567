/** Every kernel against its composed reference, in buffers that begin as NaN. */

import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUSED } from '../fused.ts';
import { compareOn } from '../testing/compare.ts';
import { convSuite } from '../testing/conv.suite.ts';
import { lossSuite } from '../testing/loss.suite.ts';
import { matMulSuite } from '../testing/matmul.suite.ts';
import { optimizerSuite } from '../testing/optimizer.suite.ts';
import { rowsSuite } from '../testing/rows.suite.ts';
import { secondOrderSuite } from '../testing/secondOrder.suite.ts';
import type { Runtime } from './runtime.ts';
import { listen, startPoisoned } from './testing.ts';
import { all, variants } from './variants.ts';

const compare = compareOn('webgpu');
let runtime: Runtime;
let complaints: () => string[];

beforeAll(async () => {
  runtime = await startPoisoned();
  complaints = listen(runtime);
});

afterAll(() => expect(complaints()).toEqual([]));

test('the kernels are there: nothing below compares the composed ops with themselves', () => {
  for (const name of Object.values(FUSED)) expect(tf.getKernel(name, 'webgpu'), name).toBeDefined();
});

describe.each(variants)('products by %s', (variant) => {
  beforeAll(() => {
    runtime.choice = all(variant);
  });
  convSuite(compare, 30);
  matMulSuite(compare, 40);
  secondOrderSuite(compare);
});

describe('rows', () => rowsSuite(compare, 15));
describe('losses', () => lossSuite(compare, 15));
describe('optimizer', () => optimizerSuite(compare, 15));
