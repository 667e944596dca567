import { browserHost } from '../src/engine/backend/wasmHost.vite.ts';
import { measure } from './stepWork.ts';

self.onmessage = async ({ data }: MessageEvent<{ rounds: number; strict: boolean }>) => {
  try {
    await measure(browserHost, { strict: data.strict }, data.rounds, (row) => self.postMessage({ row }));
    self.postMessage({ done: true });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.stack : error) });
  }
};
