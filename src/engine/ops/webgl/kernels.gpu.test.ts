/** Every kernel against its composed reference, in textures that begin as NaN. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import * as ops from '../index.ts';
import { compareOn, noise } from '../testing/compare.ts';
import { lossSuite } from '../testing/loss.suite.ts';
import { optimizerSuite } from '../testing/optimizer.suite.ts';
import { rowsSuite } from '../testing/rows.suite.ts';
import { secondOrderSuite } from '../testing/secondOrder.suite.ts';
import type { TfjsWebGlBackend } from './program.ts';
import { kernels } from './register.ts';
import { broken, startPoisoned } from './testing.ts';

const compare = compareOn('webgl');
let backend: TfjsWebGlBackend;

beforeAll(async () => {
  backend = await startPoisoned();
});

test('the kernels are there: nothing below compares the composed ops with themselves', () => {
  expect(Object.keys(kernels).length).toBeGreaterThan(10);
  for (const name of Object.keys(kernels)) expect(tf.getKernel(name, 'webgl'), name).toBeDefined();
});

describe('rows', () => rowsSuite(compare, 8));
describe('losses', () => lossSuite(compare, 8));
describe('optimizer', () => optimizerSuite(compare, 3));
describe('gradients of gradients', () => secondOrderSuite(compare));

describe('a kernel broken on purpose is noticed', () => {
  const inputs = [noise([259, 3], 1), noise([3], 2, 1.5), noise([3], 3), noise([259, 3], 4)] as const;
  const error = () =>
    compare(inputs, (x, gamma, beta, dy) => {
      const f = (...[x, gamma, beta]: tf.Tensor[]) =>
        ops.normAct(x as tf.Tensor, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, 0.2).y;
      return [f(x, gamma, beta), ...tf.grads(f)([x, gamma, beta], dy)];
    });

  test('as it is, it passes', async () => {
    expect(await error()).toBeLessThan(1e-5);
  });

  test.each([
    ['the last odd row counted twice', 'value.zw = vec2(0.);', 'value.zw = value.xy;'],
    ['a block left out', 'int begin = at.x * 64;', 'int begin = at.x * 64; if (begin == 128) begin += 128;'],
    ['the wrong side of the leaky ReLU', 'greaterThan(y, vec4(0.))', 'lessThan(y, vec4(0.))'],
  ])('%s', async (_what, find, replacement) => {
    const { result, edits } = await broken(backend, find, replacement, error);
    expect(edits).toBeGreaterThan(0);
    expect(result).toBeGreaterThan(1e-3);
  });

  test('an unwritten row', async () => {
    const find = 'setOutput(result);';
    const { result, edits } = await broken(backend, find, `if (gl_FragCoord.y == 0.5) discard; ${find}`, error);
    expect(edits).toBeGreaterThan(0);
    expect(result).toBeNaN();
  });
});

test('what lies outside a tensor in its texels is zero: a stock product adds it up', async () => {
  const error = await compare([noise([5, 7], 1), noise([7], 2), noise([5, 3], 3)], (x, bias, y) => {
    const biased = ops.biasAct(x, bias as tf.Tensor1D, 1);
    return [tf.matMul(biased as tf.Tensor2D, y as tf.Tensor2D, true, false), tf.sum(biased), tf.sum(biased, 0)];
  });
  expect(error).toBeLessThan(1e-5);
});
