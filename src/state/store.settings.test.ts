import { describe, expect, test, vi } from 'vitest';
import { experimentOf, presetOf } from '../config/presets.ts';
import { waiting } from './store.ts';
import {
  answerCreate,
  begin,
  duel,
  engine,
  get,
  openIdle,
  openPausedAt,
  progress,
  report,
  state,
  withScriptedEngine,
} from './testing.ts';

withScriptedEngine();

describe('settings', () => {
  test('a live one applies at once', () => {
    openPausedAt(5);
    get().change('g.lr', 1e-3);
    expect(engine.take()).toEqual([{ type: 'apply', runId: get().runId, change: { 'g.lr': 1e-3 } }]);
    expect(get().draft['g.lr']).toBe(1e-3);
    expect(get().applied['g.lr']).toBe(1e-3);
    expect(waiting(get())).toEqual([]);
  });

  test('others wait for a restart, with their number', () => {
    openPausedAt(5);
    get().change('data.set', 'digits');
    get().change('model.latent', 32);
    expect(engine.take()).toEqual([]);
    expect(waiting(get())).toEqual(['data.set', 'model.latent']);
    vi.advanceTimersByTime(10_000);
    expect(engine.take()).toEqual([]);
    expect(get().applied['data.set']).toBe('fashion');
  });

  test('one that no chosen network has does not wait', () => {
    openPausedAt(5);
    get().change('model.family', 'article');
    expect(waiting(get())).toEqual(['model.family']);
    // The article's network has no width of its own, but the one that runs has.
    get().change('model.widthG', 64);
    expect(waiting(get())).toEqual(['model.family', 'model.widthG']);
    get().restart();
    get().change('model.widthG', 16);
    expect(waiting(get())).toEqual([]);
  });

  test('what a setting does not allow is ignored', () => {
    openPausedAt(5);
    const before = get();
    get().change('g.lr', 5);
    get().change('g.lr', Number.NaN);
    get().change('train.batch', 2.5);
    get().change('data.set', 'faces' as never);
    get().change('g.lr', before.draft['g.lr']);
    expect(get()).toBe(before);
    expect(engine.take()).toEqual([]);
  });

  test('a restart takes in all that waits and goes on training if it was', () => {
    openPausedAt(5);
    get().change('model.latent', 32);
    get().restart();
    expect(engine.take()).toMatchObject([{ type: 'create', experiment: { 'model.latent': 32 } }]);
    expect(get()).toMatchObject({ step: 0, runState: 'preparing', generated: undefined });
    expect(duel.series.extent).toBeUndefined();
    answerCreate();
    expect(engine.take()).toEqual([]);

    get().train();
    engine.say(state('training'), progress(2, 2));
    get().change('model.latent', 16);
    engine.take();
    get().restart();
    answerCreate();
    expect(engine.take().map(({ type }) => type)).toEqual(['create', 'train']);
  });

  test('a reset begins again with what ran; what waits goes on waiting', () => {
    openPausedAt(5);
    get().change('model.latent', 32);
    get().reset();
    expect(engine.take()).toMatchObject([{ type: 'create', experiment: { 'model.latent': 64 } }]);
    expect(waiting(get())).toEqual(['model.latent']);
  });

  test('discarding goes back to what runs and keeps live changes', () => {
    openPausedAt(5);
    get().change('model.latent', 32);
    get().change('g.lr', 1e-3);
    get().discard();
    expect(waiting(get())).toEqual([]);
    expect(get().draft).toMatchObject({ 'model.latent': 64, 'g.lr': 1e-3 });
  });

  test('before the first step nothing is lost by a rebuild: it happens by itself, once, when the hand rests', () => {
    openIdle();
    for (const latent of [60, 50, 40]) {
      get().change('model.latent', latent);
      vi.advanceTimersByTime(100);
    }
    expect(engine.take()).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(engine.take()).toMatchObject([{ type: 'create', experiment: { 'model.latent': 40 } }]);
    expect(waiting(get())).toEqual([]);
  });

  test('Train at step 0 does not wait for the hand to rest', () => {
    openIdle();
    get().change('model.latent', 40);
    get().train();
    expect(engine.take()).toMatchObject([{ type: 'create', experiment: { 'model.latent': 40 } }]);
    answerCreate();
    expect(engine.take()).toEqual([{ type: 'train', runId: get().runId }]);
    vi.advanceTimersByTime(1000);
    expect(engine.take()).toEqual([]);
  });

  test('a live change while the run is being built is in the run, and Train pressed meanwhile trains that one', () => {
    begin();
    get().open();
    engine.say({ type: 'prepared', report }, state('preparing'));
    engine.take();
    get().change('g.lr', 1e-3);
    get().train();
    answerCreate();
    vi.advanceTimersByTime(1000);
    // Whichever way it is done, the last run created or changed has the rate, and it is the one that trains.
    answerCreate();
    const sent = engine.take();
    const created = sent.findLast((command) => command.type === 'create');
    const trained = sent.findLastIndex((command) => command.type === 'train');
    expect(created).toMatchObject({ runId: get().runId, experiment: { 'g.lr': 1e-3 } });
    expect(sent[trained]).toMatchObject({ runId: get().runId });
    expect(sent.findLastIndex((command) => command.type === 'create')).toBeLessThan(trained);
  });
});

describe('presets', () => {
  test('one chosen before the first step is built by itself', () => {
    openIdle();
    get().choosePreset('tiny');
    expect(get()).toMatchObject({ preset: presetOf('tiny'), draft: experimentOf(presetOf('tiny')) });
    vi.advanceTimersByTime(300);
    expect(engine.take().at(-1)).toMatchObject({ type: 'create', experiment: experimentOf(presetOf('tiny')) });
  });

  test('one chosen in mid-run waits as a whole: the run that goes on keeps every setting', () => {
    openPausedAt(5);
    const { applied } = get();
    get().choosePreset('tiny');
    expect(engine.take()).toEqual([]);
    expect(get().applied).toBe(applied);
    expect(waiting(get())).toEqual(
      expect.arrayContaining(['data.set', 'train.batch', 'train.limit', 'model.latent', 'optim.decay']),
    );
  });

  test('discarded, it is gone with everything it brought', () => {
    openPausedAt(5);
    const { preset, draft, weights } = get();
    get().choosePreset('dcgan-paper');
    get().discard();
    expect(get()).toMatchObject({ preset, draft, weights });
    expect(waiting(get())).toEqual([]);
    expect(engine.take()).toEqual([]);
  });

  test('restarted with one, the run is its whole experiment, and the weights shown follow it', () => {
    openPausedAt(5);
    get().choosePreset('dcgan-paper');
    get().restart();
    const experiment = experimentOf(presetOf('dcgan-paper'));
    expect(engine.take().at(-1)).toMatchObject({ type: 'create', experiment, view: { weights: 'raw' } });
    expect(get()).toMatchObject({ weights: 'raw', applied: experiment });
  });

  test('a live setting changed while one waits applies; the rest goes on waiting', () => {
    openPausedAt(5);
    get().choosePreset('dcgan-paper');
    get().change('g.lr', 1e-3);
    expect(engine.take()).toMatchObject([{ type: 'apply', change: { 'g.lr': 1e-3 } }]);
    expect(get().applied['d.lr']).toBe(2e-3);
    expect(waiting(get())).not.toContain('g.lr');
  });

  test('an unknown one is told of, and everything stays', () => {
    openPausedAt(5);
    const { preset, draft } = get();
    get().choosePreset('nope');
    expect(get()).toMatchObject({ preset, draft, runState: 'paused' });
    expect(get().notices.map(({ failure }) => failure.code)).toEqual(['preset-unknown']);
  });
});
