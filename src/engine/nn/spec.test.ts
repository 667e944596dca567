import { describe, expect, test } from 'vitest';
import { countWeights, type LayerSpec, planNetwork } from './spec.ts';

const init = { kind: 'glorot' } as const;
const plain = { init, bias: true, activation: 'linear' } as const;
const dense = (units: number): LayerSpec => ({ kind: 'dense', units, ...plain });
const conv = (filters: number, stride = 2): LayerSpec => ({ kind: 'conv', filters, kernel: 4, stride, ...plain });
const up = (filters: number, stride = 2): LayerSpec => ({
  kind: 'convTranspose',
  filters,
  kernel: 4,
  stride,
  ...plain,
});
const norm: LayerSpec = { kind: 'norm', momentum: 0.8, epsilon: 1e-3, gamma: init, activation: 'linear' };

const shapes = (input: number[], ...layers: LayerSpec[]) =>
  planNetwork({ input, layers }).map(({ output }) => output.join('x'));

const weights = (input: number[], ...layers: LayerSpec[]) => countWeights(planNetwork({ input, layers }));

describe('shapes', () => {
  test('convolutions divide by their stride and round up, transposed ones multiply', () => {
    expect(shapes([28, 28, 1], conv(8), conv(16), conv(4), conv(4, 1))).toEqual([
      '14x14x8',
      '7x7x16',
      '4x4x4',
      '4x4x4',
    ]);
    expect(shapes([7, 5, 3], up(8), up(2, 1))).toEqual(['14x10x8', '14x10x2']);
  });

  test('the rest', () => {
    expect(shapes([12], dense(24), norm, { kind: 'reshape', shape: [2, 3, 4] }, { kind: 'dropout' })).toEqual([
      '24',
      '24',
      '2x3x4',
      '2x3x4',
    ]);
    expect(shapes([2, 3, 4], norm, { kind: 'flatten' }, dense(1))).toEqual(['2x3x4', '24', '1']);
  });
});

describe('what does not fit is named with its place', () => {
  test("the article's own error: Dense(128) cannot become 8 x 8 x 128", () => {
    expect(() => shapes([100], dense(128), { kind: 'reshape', shape: [8, 8, 128] })).toThrow(
      'layer 1 (reshape): 128 cannot become 8 x 8 x 128',
    );
  });

  test('a dense layer on an image, a convolution on a vector', () => {
    expect(() => shapes([8, 8, 1], conv(4), dense(3))).toThrow('layer 1 (dense): dense wants one axis, got 4 x 4 x 4');
    expect(() => shapes([8], dense(64), conv(4))).toThrow('layer 1 (conv)');
    expect(() => shapes([8], up(4))).toThrow('layer 0 (convTranspose)');
  });
});

describe('residual layers and resampling', () => {
  const body = [conv(8, 1), conv(4, 1)];
  const halve: LayerSpec = { kind: 'resample', way: 'down', filters: 6, init };

  test('shapes, and the weights of body and shortcut in this order', () => {
    expect(shapes([8, 6, 4], { kind: 'residual', body, shortcut: [] }, halve)).toEqual(['8x6x4', '4x3x6']);
    expect(shapes([4, 3, 6], { ...halve, way: 'up' })).toEqual(['8x6x6']);
    const [layer] = planNetwork({ input: [8, 6, 2], layers: [{ kind: 'residual', body, shortcut: [conv(4, 1)] }] });
    expect(layer?.parameters.map(({ shape }) => shape.join('x'))).toEqual([
      '4x4x2x8',
      '8',
      '4x4x8x4',
      '4',
      '4x4x2x4',
      '4',
    ]);
  });

  test('what does not fit', () => {
    expect(() => shapes([8, 6, 2], { kind: 'residual', body, shortcut: [] })).toThrow(
      'layer 0 (residual): 8 x 6 x 4 beside 8 x 6 x 2',
    );
    expect(() => shapes([7, 6, 2], halve)).toThrow('layer 0 (resample): 7 x 6 x 2 cannot be halved');
  });
});

describe('weights', () => {
  test("Keras's counts", () => {
    // Dense(8 * 8 * 128) on 100; Conv2D(64, 4) and (128, 4); a norm's two trainable vectors.
    expect(weights([100], dense(8 * 8 * 128))).toBe(827_392);
    expect(weights([32, 32, 1], conv(64))).toBe(1_088);
    expect(weights([16, 16, 64], conv(128))).toBe(131_200);
    expect(weights([8, 8, 128], up(64))).toBe(131_136);
    expect(weights([8, 8, 128], norm)).toBe(256);
  });

  test('the kernel of a transposed convolution is [kh, kw, out, in]', () => {
    const [layer] = planNetwork({ input: [8, 8, 5], layers: [up(3)] });
    expect(layer?.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [4, 4, 3, 5]],
      ['bias', [3]],
    ]);
  });
});
