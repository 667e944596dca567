import { describe, expect, test } from 'vitest';
import { DuelError } from './errors.ts';
import { initialExperiment } from './experiment.ts';
import { defaultPreset, experimentOf, findPreset, presetOf, presets } from './presets.ts';
import { checkExperiment, isValid } from './validate.ts';

describe('presets', () => {
  test.each(presets)('$id is a whole valid experiment that says only what differs from the table', (preset) => {
    expect(() => checkExperiment(experimentOf(preset))).not.toThrow();
    expect(preset.id).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const [path, value] of Object.entries(preset.change)) expect(isValid(path as never, value)).toBe(true);
  });

  test('have names and experiments of their own', () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    expect(new Set(presets.map((preset) => JSON.stringify(experimentOf(preset)))).size).toBe(presets.length);
  });

  test('the default is the first; the names the docs promise are there', () => {
    expect(defaultPreset).toBe(presets[0]);
    for (const id of ['dcgan-paper', 'article', 'mlp', 'tiny']) expect(findPreset(id)?.id).toBe(id);
  });

  test('dcgan-paper has what the paper says: Radford et al. 2015, section 4', () => {
    expect(experimentOf(presetOf('dcgan-paper'))).toMatchObject({
      'model.family': 'dcgan',
      'model.latent': 100,
      'train.batch': 128,
      'g.optimiser': 'adam',
      'g.lr': 2e-4,
      'd.lr': 2e-4,
      'g.beta1': 0.5,
      'd.beta1': 0.5,
      'g.beta2': 0.999,
      'd.beta2': 0.999,
      'optim.decay': 'none',
    });
  });

  test('the default is not the paper, which is too slow for a first minute', () => {
    expect(experimentOf(defaultPreset)['g.lr']).toBeGreaterThan(2e-4);
    expect(experimentOf(defaultPreset)['model.widthG']).toBeLessThan(64);
  });

  test('an unknown one is refused by name, with those there are', () => {
    for (const id of ['', 'nope', 'FASHION', '__proto__', 'x'.repeat(1000)]) {
      try {
        presetOf(id);
        expect.unreachable();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(DuelError);
        const { code, detail } = thrown as DuelError;
        expect(code).toBe('preset-unknown');
        expect(detail).toEqual({ preset: id.slice(0, 60), known: presets.map((preset) => preset.id).join(', ') });
      }
    }
  });

  test('asking for an experiment leaves the table alone', () => {
    const before = { ...initialExperiment };
    for (const preset of presets) experimentOf(preset);
    expect(initialExperiment).toEqual(before);
  });
});
