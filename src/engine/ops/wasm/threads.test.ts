import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { renewThreads } from '../../backend/threads.ts';
import { openWasm, type WasmHost } from '../../backend/wasm.ts';
import { nodeHost } from '../../backend/wasmHost.node.ts';
import { hasRelaxedSimd } from './features.ts';
import type { HelperStart } from './pool.ts';
import { hurried, pulseOf, train } from './threads.testing.ts';

const relaxed = hasRelaxedSimd();

/** A host whose helpers are at hand. */
function watched(file: string, data: (start: HelperStart) => object = (start) => start) {
  const workers: Worker[] = [];
  const exits: Promise<number>[] = [];
  const host: WasmHost = {
    ...nodeHost,
    startHelper: (start) => {
      const worker = new Worker(new URL(file, import.meta.url), { workerData: data(start) });
      worker.unref();
      workers.push(worker);
      exits.push(new Promise((resolve) => worker.once('exit', resolve)));
      // As in a browser, where a worker that is told to end goes on for a while.
      return { terminate: () => undefined };
    },
  };
  return { host, workers, exits };
}

const healthy = () => watched('./helperThread.node.mjs');

let wanted: Awaited<ReturnType<typeof train>>;

beforeAll(async () => {
  await openWasm(nodeHost, { threads: 1 });
  wanted = await train();
  expect(await train()).toEqual(wanted);
});

afterAll(() => {
  if (tf.findBackendFactory('wasm')) tf.removeBackend('wasm');
});

describe('a run', () => {
  test.each([2, 3])('on %i threads has the bits of one on one, every time', async (threads) => {
    const { runtime, facts } = await openWasm(nodeHost, { threads });
    expect(facts).toEqual({ relaxed, threads });
    expect(await train()).toEqual(wanted);
    // Helpers did some of it. On a busy machine they may be late for a short run.
    for (let i = 0; i < 20 && runtime.pool?.taken === 0; i++) expect(await train()).toEqual(wanted);
    expect(runtime.pool?.taken).toBeGreaterThan(0);
  });

  test('keeps them when the heap grows in the middle of it', async () => {
    const { runtime } = await openWasm(nodeHost, { threads: 2 });
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
});

describe('a helper', () => {
  test('with nothing to do shows that it lives', async () => {
    const starts: HelperStart[] = [];
    const { host } = watched('./helperThread.node.mjs', (start) => {
      starts.push(start);
      return start;
    });
    await openWasm(host, { threads: 2 });
    await vi.waitFor(() => expect(starts.map(pulseOf)[0]).toBeGreaterThan(2), 60_000);
  });

  test('that dies between jobs is missed, and the run keeps its bits', async () => {
    const { host, workers } = healthy();
    const onThreads = vi.fn();
    const { runtime } = await openWasm(host, { threads: 2, onThreads });
    expect(await train(() => void workers[0]?.terminate())).toEqual(wanted);
    await hurried(async () => {
      // A pulse is looked at now and then, in the course of jobs.
      while (onThreads.mock.calls.length === 0) expect(await train()).toEqual(wanted);
    });
    expect(onThreads).toHaveBeenCalledExactlyOnceWith({ relaxed, threads: 1, single: 'helpers-failed' });
    expect(runtime.pool).toBeUndefined();
    expect(await train()).toEqual(wanted);
  });

  test('that dies leaves the others at work', async () => {
    const { host, workers } = healthy();
    const onThreads = vi.fn();
    const { runtime } = await openWasm(host, { threads: 3, onThreads });
    await workers[0]?.terminate();
    await hurried(async () => {
      while (onThreads.mock.calls.length === 0) expect(await train()).toEqual(wanted);
    });
    expect(onThreads).toHaveBeenCalledExactlyOnceWith({ relaxed, threads: 2 });
    expect(runtime.pool?.threads).toBe(2);
    expect(await train()).toEqual(wanted);
  });

  test('that died is replaced before the next run, once', async () => {
    const { host, workers, exits } = healthy();
    const onThreads = vi.fn();
    const { runtime } = await openWasm(host, { threads: 3, onThreads });
    await renewThreads();
    expect(workers.length).toBe(2);
    await workers[0]?.terminate();
    await hurried(async () => {
      while (onThreads.mock.calls.length === 0) await train();
    });
    await renewThreads();
    expect(onThreads).toHaveBeenLastCalledWith({ relaxed, threads: 3 });
    expect(runtime.pool?.threads).toBe(3);
    // The one that lived has gone too, with the old pool.
    expect(await exits[1]).toBe(0);
    await renewThreads();
    expect(workers.length).toBe(4);
    expect(await train()).toEqual(wanted);
    for (let i = 0; i < 20 && runtime.pool?.taken === 0; i++) expect(await train()).toEqual(wanted);
    expect(runtime.pool?.taken).toBeGreaterThan(0);
  });

  test('that stops in the middle of a range loses its pool; when it wakes it spoils nothing', async () => {
    const gate = new Int32Array(new SharedArrayBuffer(8));
    const { host, exits } = watched('./fixtures/sleepyHelper.mjs', (start) => ({ ...start, gate }));
    const onThreads = vi.fn();
    const { runtime } = await openWasm(host, { threads: 2, onThreads });
    expect(await train()).toEqual(wanted);
    while (onThreads.mock.calls.length === 0) expect(await train()).toEqual(wanted);
    expect(onThreads).toHaveBeenCalledExactlyOnceWith({ relaxed, threads: 1, single: 'helpers-failed' });
    expect(runtime.pool).toBeUndefined();
    // It wakes while the run goes on, and writes what it was to write: not to memory that was free for others.
    const wake = () => {
      const tensors = [1 << 18, 1 << 16, 1 << 14, 1 << 12].flatMap((size) =>
        Array.from({ length: 64 }, () => tf.fill([size], -3)),
      );
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
      Atomics.wait(gate, 1, 0);
      for (const tensor of tensors) expect(tensor.dataSync().every((value) => value === -3)).toBe(true);
      tf.dispose(tensors);
    };
    expect(await train(wake)).toEqual(wanted);
    expect(Atomics.load(gate, 1)).toBe(1);
    // The pool was closed while it slept.
    expect(await exits[0]).toBe(0);
    // The next run has threads again.
    await renewThreads();
    expect(onThreads).toHaveBeenLastCalledWith({ relaxed, threads: 2 });
    expect(runtime.pool?.threads).toBe(2);
    expect(await train()).toEqual(wanted);
  });

  test('that never starts is not waited for long', async () => {
    const startHelper = vi.fn(() => ({ terminate: () => undefined }));
    const host: WasmHost = { ...nodeHost, startHelper };
    const { facts, runtime } = await hurried(() => openWasm(host, { threads: 2 }));
    expect(facts).toEqual({ relaxed, threads: 1, single: 'helpers-failed' });
    expect(runtime.pool).toBeUndefined();
    expect(runtime.heap.shared).toBe(true);
    expect(await train()).toEqual(wanted);
    // Nor again before each run.
    await renewThreads();
    expect(startHelper).toHaveBeenCalledOnce();
  });

  test('that starts too late is shut out', async () => {
    const { host, exits } = healthy();
    const late: (() => void)[] = [];
    const slow: WasmHost = {
      ...host,
      startHelper: (start, onEnd) => {
        late.push(() => host.startHelper(start, onEnd));
        return { terminate: () => undefined };
      },
    };
    const { facts } = await hurried(() => openWasm(slow, { threads: 2 }));
    expect(facts.single).toBe('helpers-failed');
    for (const start of late) start();
    expect(await Promise.all(exits)).toEqual([0]);
  });

  test.each<[string, WasmHost['startHelper']]>([
    [
      'does not start',
      () => {
        throw new Error('no more threads');
      },
    ],
    [
      'cannot run our module',
      (start, onEnd) => nodeHost.startHelper({ ...start, module: {} as WebAssembly.Module }, onEnd),
    ],
  ])('that %s is done without', async (_, startHelper) => {
    const { facts } = await openWasm({ ...nodeHost, startHelper }, { threads: 2 });
    expect(facts).toEqual({ relaxed, threads: 1, single: 'helpers-failed' });
    expect(await train()).toEqual(wanted);
  });

  test('whose end is noticed is missed at once', async () => {
    const ends: (() => void)[] = [];
    const host: WasmHost = {
      ...nodeHost,
      startHelper: (start, onEnd) => {
        const helper = nodeHost.startHelper(start, onEnd);
        ends.push(() => helper.terminate());
        return helper;
      },
    };
    const onThreads = vi.fn();
    const { runtime } = await openWasm(host, { threads: 3, onThreads });
    ends[1]?.();
    await vi.waitFor(() => expect(onThreads).toHaveBeenCalledExactlyOnceWith({ relaxed, threads: 2 }), 60_000);
    ends[0]?.();
    await vi.waitFor(() => expect(runtime.pool).toBeUndefined(), 60_000);
    expect(onThreads).toHaveBeenLastCalledWith({ relaxed, threads: 1, single: 'helpers-failed' });
    expect(await train()).toEqual(wanted);
  });
});

describe('the end', () => {
  test('of the backend is that of its helpers', async () => {
    const { host, exits } = healthy();
    await openWasm(host, { threads: 3 });
    tf.removeBackend('wasm');
    expect(await Promise.all(exits)).toEqual([0, 0]);
  });

  test('of a process waits for none', async () => {
    const script = `
      import { openWasm } from './src/engine/backend/wasm.ts';
      import { nodeHost } from './src/engine/backend/wasmHost.node.ts';
      openWasm(nodeHost, { threads: 3 }).then(({ facts }) => console.log(facts.threads));`;
    const args = ['--import', 'tsx', '--input-type', 'module', '-e', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
    expect(stdout.trim()).toBe('3');
  });
});
