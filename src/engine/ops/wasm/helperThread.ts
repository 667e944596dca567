/** A helper thread in a browser. In Node: helperThread.node.mjs. */
import type { HelperStart, PoolExports } from './pool.ts';

async function help({ module, memory, control, thread, posted, sleepMs }: HelperStart): Promise<void> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { follow } = exports as unknown as PoolExports;
  let seen = follow(control, thread, 0);
  while (seen >= 0) {
    Atomics.wait(posted, 0, seen, sleepMs);
    seen = follow(control, thread, seen);
  }
  self.close();
}

self.onmessage = ({ data }: MessageEvent<HelperStart>) => {
  help(data).catch((thrown: unknown) => {
    // A rejected promise is no error event for the thread that started this one; what a timer throws is.
    setTimeout(() => {
      throw thrown;
    });
  });
};
