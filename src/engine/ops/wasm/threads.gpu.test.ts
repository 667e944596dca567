/** Threads in a browser: in a window, whose own thread may not wait, and in a worker, as the page runs them. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { openWasm, type WasmHost } from '../../backend/wasm.ts';
import { browserHost } from '../../backend/wasmHost.vite.ts';
import type { Helper, HelperStart } from './pool.ts';
import { hurried, pulseOf, train } from './threads.testing.ts';

interface Answer {
  readonly facts: object;
  readonly outcome: object;
  readonly taken: number;
  readonly starts: readonly Pick<HelperStart, 'memory' | 'control' | 'thread'>[];
}

/** It wants an import that nobody has. */
const unfit = new WebAssembly.Module(
  // (module (import "no" "no" (func)))
  Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 9, 1, 2, 110, 111, 2, 110, 111, 0, 0),
);

let wanted: Awaited<ReturnType<typeof train>>;

beforeAll(async () => {
  await openWasm(browserHost, { threads: 1 });
  wanted = await train();
});

test('as many threads as the cores allow, with the bits of one', async () => {
  const cores = navigator.hardwareConcurrency;
  const threads = Math.min(8, cores > 2 ? cores - 1 : cores);
  const { facts, runtime } = await openWasm(browserHost);
  expect(facts).toEqual({ relaxed: true, threads, ...(threads === 1 && { single: 'one-core' }) });
  expect(runtime.heap.shared).toBe(threads > 1);
  expect(await train()).toEqual(wanted);
});

test('two and three threads in a window', async () => {
  for (const threads of [2, 3]) {
    const { facts, runtime } = await openWasm(browserHost, { threads });
    expect(facts).toEqual({ relaxed: true, threads });
    expect(await train()).toEqual(wanted);
    for (let i = 0; i < 20 && runtime.pool?.taken === 0; i++) expect(await train()).toEqual(wanted);
    expect(runtime.pool?.taken).toBeGreaterThan(0);
  }
});

test('two threads in a worker', async () => {
  const worker = new Worker(new URL('./fixtures/threads.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(2);
  const { facts, outcome, taken, starts } = await answer;
  expect(facts).toEqual({ relaxed: true, threads: 2 });
  expect(outcome).toEqual(wanted);
  expect(taken).toBeGreaterThan(0);

  // Its helper ends with it: it shows no pulse any more.
  const pulse = () => starts.map(pulseOf)[0] as number;
  const alive = pulse();
  await vi.waitFor(() => expect(pulse()).toBeGreaterThan(alive), 60_000);
  worker.terminate();
  let last = -1;
  while (last !== pulse()) {
    last = pulse();
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
});

test('the heap grows in the middle of a run', async () => {
  const { runtime } = await openWasm(browserHost, { threads: 2 });
  const { memory } = runtime.heap;
  const before = memory.buffer.byteLength;
  let big: tf.Tensor | undefined;
  const grow = () => {
    big = tf.zeros([before / 4]);
  };
  expect(await train(grow)).toEqual(wanted);
  expect(memory.buffer.byteLength).toBeGreaterThan(before);
  big?.dispose();
  expect(runtime.pool?.threads).toBe(2);
});

test('a helper with nothing to do shows that it lives', async () => {
  const starts: HelperStart[] = [];
  const host: WasmHost = {
    ...browserHost,
    startHelper: (start, onEnd) => {
      starts.push(start);
      return browserHost.startHelper(start, onEnd);
    },
  };
  await openWasm(host, { threads: 2 });
  await vi.waitFor(() => expect(starts.map(pulseOf)[0]).toBeGreaterThan(2), 60_000);
});

test('a helper that cannot run our module says so, rather than leave its parent to wait', async () => {
  const ended = vi.fn();
  const host: WasmHost = {
    ...browserHost,
    startHelper: (start, onEnd) =>
      browserHost.startHelper({ ...start, module: unfit }, () => {
        ended();
        onEnd();
      }),
  };
  const { facts } = await openWasm(host, { threads: 2 });
  expect(ended).toHaveBeenCalledOnce();
  expect(facts).toEqual({ relaxed: true, threads: 1, single: 'helpers-failed' });
  expect(await train()).toEqual(wanted);
});

test('a helper that is ended in mid-run is missed, and the run keeps its bits', async () => {
  const helpers: Helper[] = [];
  const host: WasmHost = {
    ...browserHost,
    startHelper: (start, onEnd) => {
      const helper = browserHost.startHelper(start, onEnd);
      helpers.push(helper);
      return helper;
    },
  };
  const onThreads = vi.fn();
  const { runtime } = await openWasm(host, { threads: 2, onThreads });
  expect(await train(() => helpers[0]?.terminate())).toEqual(wanted);
  await hurried(async () => {
    while (onThreads.mock.calls.length === 0) {
      expect(await train()).toEqual(wanted);
      // Chromium ends a worker from its parent's event loop, two seconds after it was told to.
      await new Promise((resolve) => setTimeout(resolve));
    }
  });
  expect(onThreads).toHaveBeenCalledExactlyOnceWith({ relaxed: true, threads: 1, single: 'helpers-failed' });
  expect(runtime.pool).toBeUndefined();
  expect(await train()).toEqual(wanted);
});
