import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isolate, patience, reloadPatience, type Surroundings } from './isolate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => {});

interface Given {
  readonly isolated?: boolean;
  readonly secure?: boolean;
  readonly embedded?: boolean;
  /** Milliseconds after which the service worker runs; 'refused' if it may not, 'absent' if there are none. */
  readonly starts?: number | 'never' | 'refused' | 'unfit' | 'absent';
  /** The service worker that has served the page. */
  readonly servedBy?: string;
  readonly tried?: boolean;
  readonly forgetful?: boolean;
  /** Milliseconds after which a person touches the page. */
  readonly touched?: number;
}

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A service worker that is being installed. */
class Installing extends EventTarget {
  state: ServiceWorkerState = 'installing';

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

function registration(starts: Given['starts']): ServiceWorkerRegistration {
  const worker = new Installing();
  if (typeof starts === 'number') {
    void after(starts - 1).then(() => worker.become('activating'));
    void after(starts).then(() => worker.become('activated'));
  }
  if (starts === 'unfit') void after(10).then(() => worker.become('redundant'));
  // Another's may be active until then.
  const active = { state: 'activated' };
  return { installing: worker, waiting: null, active } as unknown as ServiceWorkerRegistration;
}

function open({ starts = 100, servedBy, touched, forgetful, ...given }: Given) {
  const state = { tried: given.tried ?? false, registered: [] as string[], reloads: 0, late: 0 };
  const serviceWorker: Surroundings['serviceWorker'] =
    starts === 'absent'
      ? undefined
      : {
          controller: servedBy === undefined ? null : ({ scriptURL: servedBy } as ServiceWorker),
          register: async (url) => {
            state.registered.push(String(url));
            if (starts === 'refused') throw new DOMException('', 'SecurityError');
            return registration(starts);
          },
        };
  const ended = isolate(
    {
      isolated: given.isolated ?? false,
      secure: given.secure ?? true,
      embedded: given.embedded ?? false,
      serviceWorker,
      base: 'https://host.example/duel/?backend=wasm#v=1',
      tried: {
        get: () => state.tried,
        set: (on) => {
          if (!forgetful) state.tried = on;
          return !forgetful;
        },
      },
      touched: touched === undefined ? never : after(touched),
      reload: () => state.reloads++,
    },
    () => state.late++,
  );
  return { state, ended };
}

test('an isolated page goes on at once, and may try again should it lose that', async () => {
  const { state, ended } = open({ isolated: true, tried: true });
  expect(await ended).toBeUndefined();
  expect(state).toEqual({ tried: false, registered: [], reloads: 0, late: 0 });
});

test('a page that is not registers the service worker beside it and reloads, once, when it runs', async () => {
  const { state, ended } = open({ starts: 100 });
  await vi.advanceTimersByTimeAsync(99);
  expect(state.reloads).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(state).toEqual({
    tried: true,
    registered: ['https://host.example/duel/service-worker.js'],
    reloads: 1,
    late: 0,
  });
  // Nothing may be trained while the page goes; if it has not gone after all, it is not left waiting.
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  await vi.advanceTimersByTimeAsync(reloadPatience - 1);
  expect(gone).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await ended).toBe('late');
});

test.each<[string, Given, string]>([
  ['over plain HTTP', { secure: false, starts: 'absent' }, 'insecure'],
  ['in a frame', { embedded: true }, 'embedded'],
  ['without service workers', { starts: 'absent' }, 'no-service-worker'],
  ['that the service worker has served', { servedBy: 'https://host.example/duel/service-worker.js' }, 'in-vain'],
])('a page %s goes on as it is, at once: %o', async (_what, given, obstacle) => {
  const { state, ended } = open(given);
  expect(await ended).toBe(obstacle);
  expect([state.registered, state.reloads]).toEqual([[], 0]);
});

test.each(['https://host.example/service-worker.js', 'https://host.example/duel/sw.js'])(
  "a page that another's service worker has served gets ours: %s",
  async (servedBy) => {
    const { state } = open({ servedBy, starts: 100 });
    await vi.advanceTimersByTimeAsync(99);
    expect([state.registered, state.reloads]).toEqual([['https://host.example/duel/service-worker.js'], 0]);
    await vi.advanceTimersByTimeAsync(1);
    expect(state.reloads).toBe(1);
  },
);

test.each(['refused', 'unfit'] as const)('a service worker that may not run holds nobody up: %s', async (starts) => {
  const { state, ended } = open({ starts });
  await vi.advanceTimersByTimeAsync(10);
  expect(await ended).toBe('refused');
  expect(state.reloads).toBe(0);
});

test('one that does not answer is waited for in patience, and not longer', async () => {
  const { state, ended } = open({ starts: 'never' });
  await vi.advanceTimersByTimeAsync(patience);
  expect(await ended).toBe('refused');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([state.reloads, state.late]).toEqual([0, 0]);
});

test.each<[string, Given, number]>([
  ['one that comes too late', { starts: patience + 500 }, patience],
  ['one that comes after a person has touched the page', { starts: 300, touched: 200 }, 200],
])('%s reloads nothing, but says that a reload would help', async (_what, given, wait) => {
  const { state, ended } = open(given);
  await vi.advanceTimersByTimeAsync(wait);
  expect(await ended).toBe('refused');
  expect(state.late).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect([state.reloads, state.late]).toEqual([0, 1]);
});

test('a tab that has reloaded in vain does not again, but says that it may help by hand', async () => {
  const { state, ended } = open({ tried: true, starts: 100 });
  expect(await ended).toBe('refused');
  await vi.advanceTimersByTimeAsync(1000);
  expect([state.reloads, state.late, state.registered.length]).toEqual([0, 1, 1]);
});

test('where nothing can be remembered, nothing reloads by itself', async () => {
  const { state, ended } = open({ forgetful: true });
  await vi.advanceTimersByTimeAsync(100);
  expect(await ended).toBe('late');
  expect(state.reloads).toBe(0);
});
