import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/**
 * Weighs the scripts that the page itself fetches, gzipped at level 9, in bytes; the worker's are not the page's. Call
 * before `goto`; the returned function gives what has come so far. Unlike scripts/size.ts it sees lazy chunks too.
 */
export function weighScripts(page: Page): () => Promise<Map<string, number>> {
  const seen: Response[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const ofWorker = pathname.includes('/worker/') || pathname.includes('/tfjs-wasm-thread');
    if (pathname.endsWith('.js') && !ofWorker) seen.push(response);
  });
  return async () => {
    const rows = seen.map(async (response) => {
      const bytes = gzipSync(await response.body(), { level: 9 }).length;
      return [new URL(response.url()).pathname, bytes] as const;
    });
    return new Map(await Promise.all(rows));
  };
}
