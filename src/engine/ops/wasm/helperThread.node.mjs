/** A helper thread in Node, which takes no TypeScript. In a browser: helperThread.ts. */
import { workerData } from 'node:worker_threads';

const { module, memory, control, thread, posted, sleepMs } = workerData;
const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
let seen = exports.follow(control, thread, 0);
while (seen >= 0) {
  Atomics.wait(posted, 0, seen, sleepMs);
  seen = exports.follow(control, thread, seen);
}
