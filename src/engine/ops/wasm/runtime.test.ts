import { expect, test, vi } from 'vitest';
import { openWasm } from '../../backend/wasm.ts';
import { nodeHost } from '../../backend/wasmHost.node.ts';
import type { Pool } from './pool.ts';
import { type KernelRuntime, parallel, surviving } from './runtime.ts';

/** A runtime whose kernels do nothing, with a pool of three threads whose jobs end as said. */
async function standIn(done: boolean) {
  const { runtime } = await openWasm(nodeHost, { threads: 1 });
  const run = vi.fn();
  const pool = { threads: 3, slots: 4, run: vi.fn(() => done), dispose: vi.fn() };
  const onLoss = vi.fn();
  const stand: KernelRuntime = {
    code: { ...runtime.code, run },
    heap: runtime.heap,
    pool: pool as never as Pool,
    onLoss,
  };
  return { runtime: stand, run, pool, onLoss };
}

test('a job of more than a grain goes to the pool, with scratch for each of its threads', async () => {
  const { runtime, run, pool } = await standIn(true);
  const scratch = vi.spyOn(runtime.heap, 'threadScratch');
  parallel(runtime, 5, 64, 101, 100, 70);
  expect(pool.run).toHaveBeenCalledExactlyOnceWith(5, 64, 101, 100, scratch.mock.results[0]?.value, 128);
  expect(scratch).toHaveBeenCalledExactlyOnceWith(70, 4);
  expect(run).not.toHaveBeenCalled();
  scratch.mockRestore();
});

test('a grain, and whatever there is without a pool, runs here', async () => {
  const { runtime, run, pool } = await standIn(true);
  parallel(runtime, 5, 64, 100, 100, 70);
  delete runtime.pool;
  parallel(runtime, 6, 64, 1000, 1, 0);
  expect(pool.run).not.toHaveBeenCalled();
  expect(run.mock.calls.map(([kernel, job, , from, to]) => [kernel, job, from, to])).toEqual([
    [5, 64, 0, 100],
    [6, 64, 0, 1000],
  ]);
});

test('an op whose helper is lost runs again with none of the memory it had', async () => {
  const { runtime, run, pool, onLoss } = await standIn(false);
  const { heap } = runtime;
  const taken: number[][] = [];
  const result = surviving(runtime, () => {
    const output = heap.output([3]);
    const [job] = heap.scratch([64]);
    taken.push([heap.pointer(output), job, heap.threadScratch(64, 4)]);
    parallel(runtime, 5, job, 1000, 1, 64);
    return output;
  });
  expect([pool.run, pool.dispose, onLoss, run].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1]);
  expect(runtime.pool).toBeUndefined();
  expect(taken.length).toBe(2);
  expect(new Set(taken.flat()).size).toBe(6);
  expect(heap.pointer(result)).toBe(taken[1]?.[0]);
});

test('an op that fails otherwise is not run again', async () => {
  const { runtime } = await standIn(true);
  const op = vi.fn(() => {
    throw new RangeError('no');
  });
  expect(() => surviving(runtime, op)).toThrow('no');
  expect(op).toHaveBeenCalledOnce();
});
