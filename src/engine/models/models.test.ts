import { describe, expect, test } from 'vitest';
import { type Change, initialExperiment } from '../../config/experiment.ts';
import { fields } from '../../config/fields.ts';
import { experimentOf, presetOf } from '../../config/presets.ts';
import { networkFacts } from '../facts.ts';
import type { LayerSpec } from '../nn/spec.ts';
import { planNetwork } from '../nn/spec.ts';
import { ladder } from './dcgan.ts';
import { models } from './index.ts';

const base: Change = {
  'data.size': 28,
  'model.family': 'dcgan',
  'model.latent': 64,
  'model.widthG': 32,
  'model.widthD': 32,
  'model.normD': 'batch',
};
const facts = (change: Change, channels: number) =>
  networkFacts({ ...initialExperiment, ...base, ...change }, { channels, classes: [] });

describe("DCGAN's weights", () => {
  test("64 px in colour, width 64, latent 100: PyTorch's DCGAN tutorial, but for our three kinds of bias", () => {
    const { g, d } = facts({ 'data.size': 64, 'model.latent': 100, 'model.widthG': 64, 'model.widthD': 64 }, 3);
    // It has none at G's output (3), D's input (64) and D's output (1).
    expect(g.weights).toBe(3_576_704 + 3);
    expect(d.weights).toBe(2_765_568 + 64 + 1);
  });

  test('28 px in grey, width 32, latent 64: counted by hand', () => {
    const { g, d } = facts({}, 1);
    const widest = 64;
    const dense = 64 * 7 * 7 * widest + 2 * widest;
    const up = 4 * 4 * widest * 32 + 2 * 32;
    expect(g.weights).toBe(dense + up + 4 * 4 * 32 * 1 + 1);
    expect(d.weights).toBe(4 * 4 * 32 + 32 + 4 * 4 * 32 * 64 + 2 * 64 + 7 * 7 * 64 + 1);
  });

  test('without a norm in D, a bias takes its place', () => {
    const [batch, none] = (['batch', 'none'] as const).map((normD) => facts({ 'model.normD': normD }, 1).d.weights);
    expect((batch as number) - (none as number)).toBe(64);
  });
});

describe("SN-DCGAN's weights", () => {
  const sndcgan = { 'model.family': 'sndcgan' } as const;

  test("32 px in colour at the paper's width: its tables 3 and 4, counted by hand", () => {
    const wide = { ...sndcgan, 'data.size': 32, 'model.latent': 128, 'model.widthG': 64, 'model.widthD': 64 } as const;
    const { g, d } = facts(wide, 3);
    const norms = 2 * (512 + 256 + 128 + 64);
    const ups = 16 * (512 * 256 + 256 * 128 + 128 * 64);
    expect(g.weights).toBe(128 * 4 * 4 * 512 + ups + norms + 3 * 3 * 64 * 3 + 3);
    const kernels =
      9 * 3 * 64 + 16 * 64 * 128 + 9 * 128 ** 2 + 16 * 128 * 256 + 9 * 256 ** 2 + 16 * 256 * 512 + 9 * 512 ** 2;
    expect(d.weights).toBe(kernels + 64 + 2 * (128 + 256 + 512) + 4 * 4 * 512 + 1);
  });

  test('the order of its layers; 28 px begin at 7, 64 px at 8', () => {
    const { g, d } = facts(sndcgan, 1);
    expect(d.layers.map(({ spec, shape }) => `${briefly(spec)} -> ${shape}`)).toEqual([
      'conv 3 1 32 leaky0.1 -> 28 × 28 × 32',
      'conv 4 2 64 leaky0.1 -> 14 × 14 × 64',
      'conv 3 1 64 leaky0.1 -> 14 × 14 × 64',
      'conv 4 2 128 leaky0.1 -> 7 × 7 × 128',
      'conv 3 1 128 leaky0.1 -> 7 × 7 × 128',
      'flatten -> 6272',
      'dense 1 -> 1',
    ]);
    expect(g.layers[1]?.shape).toBe('7 × 7 × 128');
    expect(facts({ ...sndcgan, 'data.size': 64 }, 3).g.layers[1]?.shape).toBe('8 × 8 × 256');
  });
});

test("the small ResNet's weights: 28 px in grey, width 16, counted by hand", () => {
  const { g, d } = facts({ 'model.family': 'resnet', 'model.widthG': 16, 'model.widthD': 16 }, 1);
  const block = (w: number) => w * w + w + (9 * w * w + w) + w * w;
  const blocks = block(16) + block(32) + block(64);
  expect(g.weights).toBe(64 * 7 * 7 * 64 + blocks + 64 * 32 + 32 * 16 + 16 + 1);
  expect(d.weights).toBe(16 + 16 + blocks + 16 * 32 + 32 * 64 + 7 * 7 * 64 + 1);
});

describe("StyleGAN-lite's weights: 28 px in grey, width 16, counted by hand", () => {
  const styled = { 'model.family': 'style', 'model.widthG': 16, 'model.widthD': 16 } as const;
  /** Affine map of the style, kernel, bias, noise. */
  const conv = (n: number, filters: number) => 64 * n + n + 9 * n * filters + filters + 1;

  test('both', () => {
    const { g, d } = facts(styled, 1);
    const mapping = 2 * (64 * 64 + 64);
    const toImage = 64 * 16 + 16 + 16 + 1;
    const convs = conv(64, 64) + conv(64, 32) + conv(32, 32) + conv(32, 16) + conv(16, 16);
    expect(g.weights).toBe(mapping + 7 * 7 * 64 + convs + toImage);
    const down = 9 * 16 * 16 + 16 + (16 * 16 * 32 + 32) + (9 * 32 * 32 + 32) + (16 * 32 * 64 + 64) + (9 * 64 * 64 + 64);
    expect(d.weights).toBe(16 + 16 + down + (7 * 7 * 64 * 112 + 112) + 112 + 1);
  });
});

describe('told of three classes', () => {
  const of = (kind: 'none' | 'projection' | 'acgan') =>
    networkFacts({ ...initialExperiment, ...base, 'model.classes': kind }, { channels: 1, classes: ['a', 'b', 'c'] });
  const plain = of('none');

  test('G: an embedding of 16 units each, and the weights of its first layer that hear it', () => {
    for (const kind of ['projection', 'acgan'] as const) {
      expect(of(kind).g.weights - plain.g.weights).toBe(3 * 16 + 16 * 7 * 7 * 64);
    }
  });

  test('D: an embedding as long as its features, or as many dense units', () => {
    const features = 7 * 7 * 64;
    expect(of('projection').d.weights - plain.d.weights).toBe(3 * features);
    expect(of('acgan').d.weights - plain.d.weights).toBe(3 * features + 3);
    for (const kind of ['projection', 'acgan'] as const) expect(of(kind).d.layers.at(-1)?.shape).toBe('1');
  });

  test('unlabelled images: as if not asked for', () => {
    const asked = { ...initialExperiment, ...base, 'model.classes': 'acgan' } as const;
    expect(networkFacts(asked, { channels: 1, classes: [] })).toEqual(plain);
    expect(networkFacts({ ...asked, 'data.set': 'avatars' }, { channels: 1, classes: ['a'] })).toEqual(plain);
  });
});

/** Kind, kernel, stride, width, what follows. */
function briefly(spec: LayerSpec): string {
  const { kind } = spec;
  const after = 'activation' in spec && spec.activation !== 'linear' ? ` ${spec.activation}` : '';
  if (kind === 'dense') return `${kind} ${spec.units}${after}`;
  if (kind === 'conv' || kind === 'convTranspose') {
    return `${kind} ${spec.kernel} ${spec.stride} ${spec.filters}${after}`;
  }
  return kind === 'norm' ? `${kind} ${spec.momentum}${after}` : kind;
}

describe("the article's network", () => {
  const { g, d } = networkFacts(experimentOf(presetOf('article')), { channels: 1, classes: [] });

  test('its first layer, made to fit, and the whole', () => {
    expect(g.layers[0]).toMatchObject({ shape: '8192', weights: 827_392 });
    const norms = 2 * (8192 + 128 + 64);
    const ups = 4 * 4 * 128 * 128 + 128 + (4 * 4 * 128 * 64 + 64) + (4 * 4 * 64 * 1 + 1);
    expect(g.weights).toBe(827_392 + norms + ups);
    expect(d.weights).toBe(1_088 + 131_200 + 8 * 8 * 128 + 1);
  });

  test("the article's order: leaky, then norm; 8 to 8 to 16 to 32; dropout after each convolution of D", () => {
    expect(g.layers.map(({ spec, shape }) => `${briefly(spec)} -> ${shape}`)).toEqual([
      'dense 8192 leaky -> 8192',
      'norm 0.8 -> 8192',
      'reshape -> 8 × 8 × 128',
      'convTranspose 4 1 128 leaky -> 8 × 8 × 128',
      'norm 0.8 -> 8 × 8 × 128',
      'convTranspose 4 2 64 leaky -> 16 × 16 × 64',
      'norm 0.8 -> 16 × 16 × 64',
      'convTranspose 4 2 1 tanh -> 32 × 32 × 1',
    ]);
    expect(d.layers.map(({ spec }) => briefly(spec))).toEqual([
      'conv 4 2 64 leaky',
      'dropout',
      'conv 4 2 128 leaky',
      'dropout',
      'flatten',
      'dense 1',
    ]);
  });
});

test.each([
  [16, 4, 2],
  [28, 7, 2],
  [32, 4, 3],
  [64, 4, 4],
])('%i px start at %i and double %i times', (size, base, doublings) => {
  expect(ladder(size)).toEqual({ base, doublings });
});

describe.each(fields['model.family'].options)('%s', (family) => {
  test.each(fields['data.size'].options)('%i px: an image from a latent, a logit or a code from an image', (size) => {
    for (const channels of [1, 3]) {
      const experiment = { ...initialExperiment, 'model.family': family, 'data.size': size };
      const model = models[family];
      expect(model.id).toBe(family);
      const [g, d] = [model.generator(experiment, channels), model.discriminator(experiment, channels)];
      expect(g.input).toEqual([experiment['model.latent']]);
      expect(planNetwork(g).at(-1)?.output).toEqual([size, size, channels]);
      // R3GAN has no tanh; what leaves [-1, 1] is cut when it is shown.
      expect(planNetwork(g).findLast(({ parameters }) => parameters.length > 0)?.spec).toMatchObject({
        activation: family === 'resnet' || family === 'style' ? 'linear' : 'tanh',
      });
      expect(d.input).toEqual([size, size, channels]);
      // A VAE's encoder: a mean and a log variance of each unit of the latent.
      expect(planNetwork(d).at(-1)?.output).toEqual([family === 'vae' ? 2 * experiment['model.latent'] : 1]);
      expect(planNetwork(d).at(-1)?.spec).toMatchObject({ activation: 'linear' });
    }
  });
});
