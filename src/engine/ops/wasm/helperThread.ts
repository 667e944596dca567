/** A helper thread in a browser. In Node: helperThread.node.mjs. */
import type { HelperStart, PoolExports } from './pool.ts';

self.onmessage = async ({ data: { module, memory, control, thread } }: MessageEvent<HelperStart>) => {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  (exports as unknown as PoolExports).follow(control, thread);
  self.close();
};
