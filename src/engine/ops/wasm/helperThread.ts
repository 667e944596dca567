/** A helper thread in a browser. In Node: helperThread.node.mjs. */
import type { HelperStart, PoolExports } from './pool.ts';

self.onmessage = async ({ data }: MessageEvent<HelperStart>) => {
  const { module, memory, control, thread, posted, sleepMs } = data;
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { follow } = exports as unknown as PoolExports;
  let seen = follow(control, thread, 0);
  while (seen >= 0) {
    Atomics.wait(posted, 0, seen, sleepMs);
    seen = follow(control, thread, seen);
  }
  self.close();
};
