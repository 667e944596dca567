import type { Answer, Call, SideName, Sides } from './protocol.ts';

const open: Readonly<Record<SideName, () => Worker>> = {
  ours: () => new Worker(new URL('./ours.worker.ts', import.meta.url), { type: 'module' }),
  stock: () => new Worker(new URL('./stock.worker.ts', import.meta.url), { type: 'module' }),
  jax: () => new Worker(new URL('./jax.worker.ts', import.meta.url), { type: 'module' }),
};

interface Waiting {
  resolve(result: unknown): void;
  reject(reason: Error): void;
}

const workers: { readonly worker: Worker; readonly waiting: Map<number, Waiting>; broken?: string }[] = [];
let calls = 0;

const sides: Sides = {
  open(side) {
    const worker = open[side]();
    const entry: (typeof workers)[number] = { worker, waiting: new Map() };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const waiting = entry.waiting.get(data.id);
      entry.waiting.delete(data.id);
      if ('error' in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.result);
    };
    // A worker whose script did not load, or that threw outside a call, would leave its callers waiting.
    worker.onerror = (event) => {
      entry.broken = event.message || 'the worker did not load';
      for (const { reject } of entry.waiting.values()) reject(new Error(entry.broken));
      entry.waiting.clear();
    };
    return workers.push(entry) - 1;
  },
  call: (index, method, args) =>
    new Promise((resolve, reject) => {
      const entry = workers[index];
      if (!entry || entry.broken) return reject(new Error(entry?.broken ?? 'no such worker'));
      const id = calls++;
      entry.waiting.set(id, { resolve, reject });
      entry.worker.postMessage({ id, method, args } satisfies Call);
    }),
  close(index) {
    workers[index]?.worker.terminate();
  },
};

(window as unknown as { sides: Sides }).sides = sides;
