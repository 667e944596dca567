/** A helper thread in Node, which takes no TypeScript. In a browser: helperThread.ts. */
import { workerData } from 'node:worker_threads';

const { module, memory, control, thread } = workerData;
const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
exports.follow(control, thread);
