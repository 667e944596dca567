/**
 * What the charts cost the main thread after 1,000 and after 1,000,000 recorded steps: `npx tsx bench/charts.ts`.
 *
 * Both runs stand side by side in one page, built as for release. Each update is one `progress` event of ten steps, all the
 * way through store, series, recharts, layout and paint. The runs take turns in rounds, so that whatever else the
 * machine does falls on both alike; the figure is the median over the rounds. Prints one JSON line; exit code 1 if
 * the ratio is over 1.5 (issue 2).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, howToGetOne, plainFlags } from '../scripts/browser.ts';
import type { ChartBench } from './charts.page.tsx';

declare global {
  interface Window {
    chartBench: ChartBench;
  }
}

const most = 1.5;
const sizes = [1000, 1_000_000] as const;
const rounds = 15;
const updates = 3;

const root = fileURLToPath(new URL('..', import.meta.url));
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** Main-thread milliseconds since the page began: script, style, layout, paint. */
async function meter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN);
  };
}

/** Pushes updates, and waits until each is drawn, which the charts do only so often. */
const push = (page: Page, run: number, count: number) =>
  page.evaluate(
    async ([run, count]) => {
      for (let i = 0; i < count; i++) {
        const lines = document.querySelectorAll('main')[run] as HTMLElement;
        const changed = new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          observer.observe(lines, { subtree: true, attributeFilter: ['d'] });
        });
        window.chartBench.push(run, 10);
        await changed;
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      }
    },
    [run, count] as const,
  );

async function measure(page: Page) {
  const clock = await meter(page);
  const runs: number[] = [];
  for (const steps of sizes) runs.push(await page.evaluate((n) => window.chartBench.open(n), steps));
  await page.locator('.chart-line').nth(11).waitFor({ state: 'attached' });
  const costs: number[][] = runs.map(() => []);
  for (let round = -3; round < rounds; round++) {
    for (const run of round % 2 ? runs : runs.toReversed()) {
      const before = await clock();
      await push(page, run, updates);
      const cost = ((await clock()) - before) / updates;
      // The first rounds warm the compiler up.
      if (round >= 0) costs[run]?.push(cost);
    }
  }
  const points = await page.evaluate(() =>
    [...document.querySelectorAll('.chart-line')].map((path) => path.getAttribute('d')?.split('L').length ?? 0),
  );
  return { costs, points: [points[0], points[6]] };
}

const executablePath = findBrowser();
if (!executablePath) throw new Error(howToGetOne);
const outDir = mkdtempSync(join(tmpdir(), 'duel-charts-'));
try {
  const shared = { root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' } as const;
  const rolldownOptions = { input: join(root, 'bench/charts.html') };
  await build({ ...shared, build: { outDir, emptyOutDir: true, copyPublicDir: false, rolldownOptions } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({ executablePath, args: [...plainFlags] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(new URL('bench/charts.html', server.resolvedUrls?.local[0]).href);
    const { costs, points } = await measure(page);
    const medians = costs.map(median);
    const ratio = (medians[1] as number) / (medians[0] as number);
    const perUpdate = Object.fromEntries(sizes.map((steps, i) => [steps, Number(medians[i]?.toFixed(2))]));
    console.log(
      JSON.stringify({
        bench: 'charts',
        msPerUpdate: perUpdate,
        points,
        ratio: Number(ratio.toFixed(3)),
        most,
        rounds,
      }),
    );
    if (!(ratio <= most)) process.exitCode = 1;
  } finally {
    await browser.close();
    await server.close();
  }
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
