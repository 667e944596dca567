/** The built page in a browser without a GPU, as most people would have it on a small machine. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Browser, chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { findBrowser, howToGetOne } from '../scripts/browser.ts';
import { freePort } from '../scripts/free-port.ts';
import { browserFlags, noIsolation } from './engine/browser.ts';

export interface Opened {
  readonly browser: Browser;
  readonly page: Page;
  readonly address: string;
}

/** What the figures were measured on. */
export const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length };

export interface Circumstances {
  /** What stands in for a GPU; default none. */
  readonly gpu?: keyof typeof browserFlags;
  /** Default true. Without, the page may not use its service worker to isolate itself either. */
  readonly isolated?: boolean;
}

/** Serves `dist` (or `DUEL_DIST`), opens a browser, lets `work` use both, and closes them again whatever happens. */
export async function withPage<T>(
  work: (opened: Opened) => Promise<T>,
  { gpu = 'none', isolated = true }: Circumstances = {},
): Promise<T> {
  const outDir = process.env.DUEL_DIST ?? 'dist';
  if (!existsSync(`${outDir}/index.html`)) throw new Error(`${outDir} holds no built page: npm run build`);
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToGetOne);
  const port = await freePort();
  const headers = isolated ? {} : noIsolation;
  const server = await preview({ build: { outDir }, preview: { port, strictPort: true, headers }, logLevel: 'silent' });
  const browser = await chromium.launch({ executablePath, args: [...browserFlags[gpu]] });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      ...(!isolated && { serviceWorkers: 'block' }),
    });
    return await work({ browser, page, address: `http://localhost:${port}/` });
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Waits until the run of an address is built. @returns the backend that runs it */
export async function openRun(page: Page, address: string): Promise<string> {
  await page.goto(address);
  const main = page.locator('main');
  await page.locator('main[data-run-state="idle"]').waitFor({ timeout: 120_000 });
  return (await main.getAttribute('data-backend')) ?? '';
}

export async function stepOf(page: Page): Promise<number> {
  return Number(await page.locator('main').getAttribute('data-step'));
}
