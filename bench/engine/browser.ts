import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, howToGetOne, plainFlags, softwareGpuFlags } from '../../scripts/browser.ts';
import { isolationHeaders } from '../../src/config/isolation.ts';
import type { Method, SideName, Sides } from '../sides/protocol.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** jax-js starts its threads from a blob. */
const policy = "worker-src 'self' blob:; script-src 'self' blob: 'wasm-unsafe-eval'";
/** Over the headers of the project's own servers. */
export const noIsolation = Object.fromEntries(Object.keys(isolationHeaders).map((name) => [name, 'unsafe-none']));
/** No call takes as long, unless a device or a thread is stuck. */
const patienceMs = 10 * 60_000;

/** Lets Chromium take a GPU without a display, also one that it would rather pass over. */
const hardwareGpuFlags = [
  ...plainFlags,
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
  ...(process.platform === 'linux'
    ? ['--enable-features=Vulkan', '--use-angle=vulkan', '--disable-vulkan-surface']
    : []),
];

export const browserFlags = { none: plainFlags, software: softwareGpuFlags, hardware: hardwareGpuFlags } as const;

export interface Served {
  readonly address: string;
  close(): Promise<void>;
}

/** Builds the page of the bench as the product is built, and serves it, cross-origin isolated or not. */
export async function serveSides(isolated = true): Promise<Served> {
  const outDir = mkdtempSync(join(tmpdir(), 'duel-bench-'));
  const shared = { root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' } as const;
  const rolldownOptions = { input: join(root, 'bench/sides.html') };
  await build({ ...shared, build: { outDir, emptyOutDir: true, copyPublicDir: false, rolldownOptions } });
  const headers = { ...(isolated ? isolationHeaders : noIsolation), 'Content-Security-Policy': policy };
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1', headers } });
  const close = async () => {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  };
  return { address: new URL('bench/sides.html', server.resolvedUrls?.local[0]).href, close };
}

/** A worker of the page of the bench. */
export class RemoteSide {
  readonly #page: Page;
  readonly #worker: number;

  constructor(page: Page, worker: number) {
    this.#page = page;
    this.#worker = worker;
  }

  async call<T>(method: Method, ...args: readonly unknown[]): Promise<T> {
    const call = this.#page.evaluate(
      ([worker, method, args]) => (window as unknown as { sides: Sides }).sides.call(worker, method, args),
      [this.#worker, method, args] as const,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${method} has not answered for minutes`)), patienceMs);
    });
    try {
      return (await Promise.race([call, late])) as T;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.#page.evaluate((worker) => (window as unknown as { sides: Sides }).sides.close(worker), this.#worker);
  }
}

/** A browser with the page of the bench in it. */
export class SidesPage {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(address: string, gpu: keyof typeof browserFlags, isolated = true): Promise<SidesPage> {
    const executablePath = findBrowser();
    if (!executablePath) throw new Error(howToGetOne);
    const browser = await chromium.launch({ executablePath, args: [...browserFlags[gpu]] });
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(message.text());
    });
    await page.goto(address);
    await page.waitForFunction(() => 'sides' in window);
    const is = await page.evaluate(() => crossOriginIsolated);
    if (is !== isolated) throw new Error(`the page of the bench is ${is ? '' : 'not '}cross-origin isolated`);
    return new SidesPage(browser, page);
  }

  get version(): string {
    return this.#browser.version();
  }

  async side(name: SideName): Promise<RemoteSide> {
    const worker = await this.#page.evaluate((name) => (window as unknown as { sides: Sides }).sides.open(name), name);
    return new RemoteSide(this.#page, worker);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
