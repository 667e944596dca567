/**
 * Times the DCGAN-28 step on one WASM thread against stock tfjs, in one run, and prints JSON rows.
 *
 * npx tsx bench/step-wasm.ts [--rounds 5] [--chromium] [--strict]
 *
 * In Node 20 there is no relaxed SIMD, so the kernels run without fused multiply-add; --chromium runs the same work in a
 * worker of the browser, from Vite's dev server. --strict leaves FMA out there too.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser, plainFlags } from '../scripts/browser.ts';
import { nodeHost } from '../src/engine/backend/wasmHost.node.ts';
import { measure, type PresetRow, type Row } from './stepWork.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    chromium: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);

async function measureInBrowser(): Promise<(Row | PresetRow)[]> {
  const server = await createServer({ logLevel: 'error', server: { port: 0 } });
  await server.listen();
  const executablePath = findBrowser();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...plainFlags] });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(message.text()));
    page.on('pageerror', (error) => console.error(error));
    await page.goto(new URL('bench/step-wasm.html', server.resolvedUrls?.local[0]).href);
    await page.waitForFunction(() => 'measure' in window);
    return await page.evaluate(
      (request) => (window as unknown as { measure(request: object): Promise<(Row | PresetRow)[]> }).measure(request),
      { rounds, strict: values.strict },
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

const print = (row: Row | PresetRow) => console.log(JSON.stringify(row));
if (values.chromium) for (const row of await measureInBrowser()) print(row);
else await measure(nodeHost, { strict: values.strict }, rounds, print);
