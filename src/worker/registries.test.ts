import { describe, expect, test } from 'vitest';
import { datasetFacts } from '../config/datasets.ts';
import type { Experiment, Value } from '../config/experiment.ts';
import { initialExperiment } from '../config/experiment.ts';
import { fieldOf, type Path } from '../config/fields.ts';
import { experimentOf, presets } from '../config/presets.ts';
import { isWorld } from '../config/worlds.ts';
import { networkFacts } from '../engine/facts.ts';
import { models } from '../engine/models/index.ts';
import { objectives } from '../engine/objectives/index.ts';
import { optimisers } from '../engine/optim/optimiser.ts';
import { decay } from '../engine/optim/schedule.ts';

function optionsOf(path: Path): readonly Value[] {
  const field = fieldOf(path);
  if (field.kind !== 'choice') throw new Error(`${path} has no options`);
  return field.options as readonly Value[];
}

/** The table lives where nothing of the engine is known, so that they agree is held here. */
describe('every option of the table is one that the engine has, and the other way round', () => {
  test('networks', () => {
    expect(Object.keys(models)).toEqual([...optionsOf('model.family'), 'plane', 'dirac']);
    for (const [name, model] of Object.entries(models)) expect(model.id).toBe(name);
  });

  test('losses', () => {
    expect(Object.keys(objectives)).toEqual(optionsOf('objective.loss'));
    for (const [name, objective] of Object.entries(objectives)) expect(objective.id).toBe(name);
  });

  test('optimisers', () => {
    expect(Object.keys(optimisers)).toEqual(optionsOf('g.optimiser'));
    expect(optionsOf('d.optimiser')).toEqual(optionsOf('g.optimiser'));
  });

  test('decays', () => {
    for (const kind of optionsOf('optim.decay')) {
      expect(decay(kind as Experiment['optim.decay'], 0, 100)).toBe(1);
      expect(decay(kind as Experiment['optim.decay'], 100, 100)).toBeCloseTo(kind === 'none' ? 1 : 0.05, 10);
    }
  });

  const sizes = optionsOf('data.size').flatMap((size) =>
    optionsOf('model.family').flatMap((family) =>
      optionsOf('model.normD').map((norm) => [family, size, norm] as [Value, Value, Value]),
    ),
  );
  test.each(sizes)('%s makes and judges images of %d px, D norm %s', (family, size, norm) => {
    const experiment = { ...initialExperiment, 'model.family': family, 'data.size': size, 'model.normD': norm };
    for (const channels of [1, 3]) {
      const { g, d } = networkFacts(experiment as Experiment, { channels, classes: ['a', 'b'] });
      expect(g.layers.at(-1)?.shape).toBe([size, size, channels].join(' × '));
      // A logit, or of a VAE's encoder a mean and a log variance for each latent.
      expect(d.layers.at(-1)?.shape).toBe(family === 'vae' ? String(2 * experiment['model.latent']) : '1');
    }
  });

  test.each(presets)('$id can be built', (preset) => {
    const experiment = experimentOf(preset);
    const set = experiment['data.set'];
    const { g, d } = networkFacts(experiment, isWorld(set) ? { channels: 0, classes: [] } : datasetFacts(set));
    // DiracGAN's are single weights.
    const least = set === 'dirac' ? 1 : 3;
    expect(g.layers.length).toBeGreaterThanOrEqual(least);
    expect(d.layers.length).toBeGreaterThanOrEqual(least);
  });
});
