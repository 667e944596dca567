import { expect, test } from 'vitest';
import { experimentOf, presetOf } from '../../config/presets.ts';
import { networkFacts } from '../../engine/facts.ts';
import { currentLocale } from '../../i18n/i18n.ts';
import { layerText } from './layers.ts';

test('each layer of a network has a line that names it', () => {
  const { g, d } = networkFacts(experimentOf(presetOf('article')), { channels: 1, classes: [] });
  const lines = [...g.layers.slice(0, 4), ...d.layers].map(({ spec }) => layerText(currentLocale().t, spec));
  expect(lines).toEqual([
    'dense 8,192, leaky ReLU 0.2',
    'batch norm, momentum 0.8',
    'reshape 8×8×128',
    'transposed conv 4×4, stride 1, 128, leaky ReLU 0.2',
    'conv 4×4, stride 2, 64, leaky ReLU 0.2',
    'dropout',
    'conv 4×4, stride 2, 128, leaky ReLU 0.2',
    'dropout',
    'flatten',
    'dense 1',
  ]);
});

test('a residual layer names those inside it', () => {
  const experiment = { ...experimentOf(presetOf('mlp')), 'model.family': 'resnet', 'model.widthD': 8 } as const;
  const { d } = networkFacts(experiment, { channels: 1, classes: [] });
  const lines = d.layers.slice(0, 3).map(({ spec }) => layerText(currentLocale().t, spec));
  const body = 'conv 1×1, stride 1, 8, leaky ReLU 0.2; conv 3×3, stride 1, 8, leaky ReLU 0.2; conv 1×1, stride 1, 8';
  expect(lines).toEqual(['conv 1×1, stride 1, 8', `residual: x + (${body})`, 'blur [1 2 1], halve, 16']);
});
