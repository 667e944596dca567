import { describe, expect, test, vi } from 'vitest';
import type { ErrorCode } from '../config/errors.ts';
import type { Event } from '../worker/protocol.ts';
import { answerCreate, engine, get, openIdle, openPausedAt, report, withScriptedEngine } from './testing.ts';

withScriptedEngine();

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
