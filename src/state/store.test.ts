import { describe, expect, test } from 'vitest';
import type { WasmFacts } from '../config/backends.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { signals } from '../config/signals.ts';
import type { Event, Sheet } from '../worker/protocol.ts';
import {
  answerCreate,
  begin,
  duel,
  engine,
  facts,
  get,
  openIdle,
  openPausedAt,
  progress,
  report,
  state,
  withScriptedEngine,
} from './testing.ts';

withScriptedEngine();

describe('opening', () => {
  test('chooses a backend, then builds the experiment, and knows how far it is', () => {
    begin();
    expect(get().runState).toBe('preparing');
    get().open('wasm');
    expect(engine.take()).toEqual([{ type: 'prepare', wanted: 'wasm' }]);
    engine.say({ type: 'prepared', report });
    expect(get().backend).toBe(report);
    const { runId, draft } = get();
    expect(engine.take()).toEqual([
      { type: 'create', runId, experiment: draft, view: { weights: 'ema', split: 'heldOut', slow: false } },
    ]);
    engine.say(state('preparing'), { type: 'loading', runId, loaded: 5, total: 10 });
    expect(get().loading).toEqual({ loaded: 5, total: 10 });
    engine.say({ type: 'ready', runId, facts }, state('idle'));
    expect([get().loading, get().facts, get().runState]).toEqual([undefined, facts, 'idle']);
  });

  test('helper threads that die change what the page says of the backend, and nothing of the run', () => {
    const [four, one] = [4, 1].map((threads) => ({ relaxed: true, threads })) as [WasmFacts, WasmFacts];
    const candidate = { name: 'wasm', verdict: 'chosen', trialMs: 12 } as const;
    begin();
    get().open();
    const candidates = [{ name: 'cpu', verdict: 'not-tried' } as const, { ...candidate, wasm: four }];
    engine.say({ type: 'prepared', report: { chosen: 'wasm', adapter: '', wasm: four, candidates } });
    answerCreate();
    const { backend: _, ...before } = get();
    const lost: WasmFacts = { ...one, single: 'helpers-failed' };
    engine.say({ type: 'threads', wasm: lost });
    const { backend, ...after } = get();
    expect(backend).toEqual({
      chosen: 'wasm',
      adapter: '',
      wasm: lost,
      candidates: [candidates[0], { ...candidate, wasm: lost }],
    });
    expect(after).toEqual(before);
  });

  test('with an experiment of a link', () => {
    const experiment = { ...experimentOf(presetOf('tiny')), 'train.seed': 9, 'ema.halfLife': 0 };
    begin({ presetId: 'tiny', experiment });
    expect(get()).toMatchObject({ preset: presetOf('tiny'), draft: experiment, applied: experiment, weights: 'raw' });
  });

  test('Train pressed before the run is built is kept until it is', () => {
    begin();
    get().open();
    get().train();
    engine.say({ type: 'prepared', report });
    engine.take();
    answerCreate();
    expect(engine.take()).toEqual([{ type: 'train', runId: get().runId }]);
  });

  test('so is Step; Pause or Reset takes it back', () => {
    begin();
    get().open();
    get().setWhich('D');
    get().stepOnce();
    engine.say({ type: 'prepared', report });
    engine.take();
    answerCreate();
    expect(engine.take()).toEqual([{ type: 'step', runId: get().runId, which: 'D' }]);

    for (const takeBack of ['pause', 'reset'] as const) {
      begin();
      get().open();
      engine.say({ type: 'prepared', report });
      get().train();
      get()[takeBack]();
      engine.take();
      answerCreate();
      expect(engine.take()).toEqual([]);
    }
  });

  test('a failure takes a queued Train with it', () => {
    begin();
    get().open();
    get().train();
    engine.say({ type: 'prepared', report });
    const failure = { code: 'data-truncated', detail: { file: 'x' } } as const;
    engine.say({ type: 'failed', runId: get().runId, failure, fatal: true });
    expect(get()).toMatchObject({ runState: 'failed', failure, loading: undefined });
    get().reset();
    engine.take();
    answerCreate();
    expect(engine.take()).toEqual([]);
    expect(get().failure).toBeUndefined();
  });
});

describe('queued', () => {
  test('Train before the run is built shows as queued, and Pause takes it back', () => {
    begin();
    get().open();
    engine.say({ type: 'prepared', report });
    get().train();
    expect(get().queued).toBe('train');
    get().pause();
    expect(get().queued).toBeUndefined();
    engine.take();
    answerCreate();
    expect(engine.take()).toEqual([]);
  });
});

describe('a run', () => {
  test('takes in figures, the newest values and sheets', () => {
    openIdle();
    get().train();
    expect(engine.take()).toEqual([{ type: 'train', runId: get().runId }]);
    engine.say(state('training'), progress(3, 3));
    expect(get()).toMatchObject({ runState: 'training', step: 3, seconds: 0.3, tensors: 50, bytes: 5000 });
    expect(get().latest).toEqual(Object.fromEntries(signals.map((signal) => [signal, 0.5])));
    expect(duel.series.extent).toEqual({ first: 1, last: 3 });
    const version = get().seriesVersion;
    engine.say(progress(4));
    expect(get().seriesVersion).toBe(version + 1);

    const sheet = { side: 'real', step: 4 } as Sheet;
    engine.say({ type: 'samples', runId: get().runId, sheet });
    expect(get().real).toBe(sheet);
    expect(get().generated).toBeUndefined();
  });

  test('keeps the last value of a side that stood still', () => {
    openIdle();
    engine.say(progress(1));
    const rows = new Float32Array(signals.length).fill(Number.NaN);
    rows[signals.indexOf('lossD')] = 2;
    engine.say({ ...(progress(2) as Extract<Event, { type: 'progress' }>), rows });
    expect(get().latest).toMatchObject({ lossD: 2, lossG: 0.5, gradG: 0.5 });
  });

  test('phases of slow motion end with it', () => {
    openIdle();
    get().setSlow(true);
    expect(engine.take()).toEqual([
      { type: 'view', runId: get().runId, view: { weights: 'ema', split: 'heldOut', slow: true } },
    ]);
    engine.say(state('training'), { type: 'phase', runId: get().runId, phase: 'D', step: 0 });
    expect(get().phase).toBe('D');
    engine.say(state('paused'));
    expect(get().phase).toBeUndefined();
  });

  test('hears nothing of a run that is gone, not even its failures', () => {
    openPausedAt(5);
    const old = get().runId;
    get().reset();
    answerCreate();
    const before = get();
    const failure = { code: 'internal', detail: { message: 'late' } } as const;
    engine.say(
      state('training', old),
      progress(6, 1, old),
      { type: 'samples', runId: old, sheet: { side: 'real', step: 6 } as Sheet },
      { type: 'loading', runId: old, loaded: 1, total: 2 },
      { type: 'phase', runId: old, phase: 'G', step: 6 },
      { type: 'failed', runId: old, failure, fatal: true },
      { type: 'failed', runId: old, failure, fatal: false },
    );
    expect(get()).toEqual(before);
    expect(duel.series.extent).toBeUndefined();
  });

  test('an engine that dies fails whatever run there is', () => {
    openPausedAt(5);
    const failure = { code: 'worker-crash', detail: { message: '' } } as const;
    engine.say({ type: 'failed', failure, fatal: true });
    expect(get()).toMatchObject({ runState: 'failed', failure, step: 5 });
    expect(duel.series.extent).toEqual({ first: 1, last: 5 });
    get().train();
    get().stepOnce();
    expect(engine.take()).toEqual([]);
  });

  test('opening again keeps every setting and begins with a new number', () => {
    openPausedAt(5);
    get().change('g.lr', 1e-3);
    const { runId, draft, preset } = get();
    engine.take();
    get().open('cpu');
    expect(get()).toMatchObject({ draft, preset, step: 0, runState: 'preparing', backend: undefined });
    expect(get().runId).toBeGreaterThan(runId);
    expect(duel.series.extent).toBeUndefined();
    expect(engine.take()).toEqual([{ type: 'prepare', wanted: 'cpu' }]);
    engine.say({ type: 'prepared', report });
    expect(engine.take()[0]).toMatchObject({ type: 'create', experiment: draft });
  });

  test('nothing is heard after the end', () => {
    openIdle();
    duel.end();
    engine.say(state('training'));
    expect(get().runState).toBe('idle');
  });
});
