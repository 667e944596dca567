import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineClient } from '../client/client.ts';
import type { BackendReport, WasmFacts } from '../config/backends.ts';
import type { ErrorCode } from '../config/errors.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { signals } from '../config/signals.ts';
import type { Command, Event, RunFacts, RunState, Sheet } from '../worker/protocol.ts';
import { createDuel, type Duel, waiting } from './store.ts';

/** Hears what the page asks for; the test answers. */
class ScriptedEngine implements EngineClient {
  readonly sent: Command[] = [];
  #listener: (event: Event) => void = () => {};

  send(command: Command): void {
    this.sent.push(command);
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  close(): void {}

  say(...events: Event[]): void {
    for (const event of events) this.#listener(event);
  }

  /** The commands since the last call. */
  take(): Command[] {
    return this.sent.splice(0);
  }
}

const report: BackendReport = { chosen: 'wasm', adapter: 'SIMD, 1 thread', candidates: [] };
const network = { weights: 10, layers: [] };
const facts: RunFacts = {
  train: 10_000,
  heldOut: 2000,
  classes: [],
  imageSize: 28,
  channels: 1,
  generator: network,
  discriminator: network,
};

let engine: ScriptedEngine;
let duel: Duel;
const get = () => duel.store.getState();
const state = (runState: RunState, runId = get().runId): Event => ({ type: 'state', runId, state: runState });

/** The engine reports steps, each with the same values. */
const progress = (step: number, count = 1, runId = get().runId, value = 0.5): Event => ({
  type: 'progress',
  runId,
  step,
  count,
  rows: new Float32Array(count * signals.length).fill(value),
  epoch: step / 100,
  seconds: step / 10,
  stepsPerSecond: 10,
  imagesPerSecond: 640,
  tensors: 50,
  bytes: 5000,
});

function begin(start: Parameters<typeof createDuel>[1] = {}): void {
  engine = new ScriptedEngine();
  duel = createDuel(engine, start);
}

/** What the engine does with a `create`. */
function answerCreate(): void {
  engine.say(state('preparing'), { type: 'ready', runId: get().runId, facts }, state('idle'));
}

function openIdle(start: Parameters<typeof createDuel>[1] = {}): void {
  begin(start);
  get().open();
  engine.say({ type: 'prepared', report });
  answerCreate();
  engine.take();
}

function openPausedAt(step: number): void {
  openIdle();
  get().train();
  engine.say(state('training'), progress(step, step), state('paused'));
  engine.take();
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  duel.end();
  vi.useRealTimers();
});

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

describe('after a failure', () => {
  const fail = (code: ErrorCode, runId: number | undefined = get().runId): Event => ({
    type: 'failed',
    ...(runId !== undefined && { runId }),
    failure: { code, detail: {} },
    fatal: true,
  });

  test.each(['worker-crash', 'worker-start', 'device-lost', 'out-of-memory', 'internal'] as const)(
    '%s: reset begins the engine anew with what ran, on the same backend',
    (code) => {
      openPausedAt(5);
      get().change('model.latent', 32);
      const { applied } = get();
      engine.say(fail(code));
      engine.take();
      get().reset();
      expect(engine.take()).toEqual([{ type: 'prepare', wanted: 'wasm' }]);
      engine.say({ type: 'prepared', report });
      expect(engine.take()).toMatchObject([{ type: 'create', experiment: applied }]);
      answerCreate();
      expect(get()).toMatchObject({ runState: 'idle', failure: undefined });
    },
  );

  test.each(['data-damaged', 'data-missing', 'not-finite'] as const)(
    '%s: the engine is sound and builds at once',
    (code) => {
      openPausedAt(5);
      engine.say(fail(code));
      engine.take();
      get().reset();
      expect(engine.take()).toMatchObject([{ type: 'create' }]);
    },
  );

  test('a change still waiting to be built does not follow into a fresh engine', () => {
    openIdle();
    get().change('model.latent', 32);
    engine.say(fail('worker-crash', undefined));
    engine.take();
    get().open();
    vi.advanceTimersByTime(1000);
    expect(engine.take()).toEqual([{ type: 'prepare', wanted: undefined }]);
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

describe('notices', () => {
  test('a failure that stopped nothing is a notice', () => {
    openPausedAt(5);
    const failure = { code: 'experiment-invalid', detail: { setting: 'g.lr' } } as const;
    engine.say({ type: 'failed', runId: get().runId, failure, fatal: false });
    expect(get()).toMatchObject({ runState: 'paused', failure: undefined });
    expect(get().notices).toMatchObject([{ failure }]);
  });

  test('the last five are kept, each until dismissed', () => {
    openIdle();
    for (let i = 0; i < 7; i++) get().notify({ code: 'internal', detail: { message: String(i) } });
    expect(get().notices.map(({ failure }) => failure.detail.message)).toEqual(['2', '3', '4', '5', '6']);
    const ids = get().notices.map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    get().dismiss(ids[1] as number);
    get().dismiss(-1);
    expect(get().notices.map(({ failure }) => failure.detail.message)).toEqual(['2', '4', '5', '6']);
  });
});
