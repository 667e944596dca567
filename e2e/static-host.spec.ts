import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { type PlainHost, plainHost } from './support/plainHost.ts';
import { Duel, tiny } from './support/run.ts';

/** On a host that sends no headers at all, in a sub-folder. */
let host: PlainHost;
test.beforeEach(async () => {
  host = await plainHost();
});
test.afterEach(() => host.close());

const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

/** Counts how often the page is loaded. Call before `goto`. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on('load', () => loads++);
  return () => loads;
}

async function opened(page: Page): Promise<Duel> {
  await page.goto(`${host.address}${tiny}`).catch((thrown: Error) => {
    // The page may reload before the first load has ended.
    if (!thrown.message.includes('ERR_ABORTED') && !thrown.message.includes('interrupted')) throw thrown;
  });
  const duel = new Duel(page);
  await duel.reaches('idle');
  return duel;
}

test('the page isolates itself with one reload, trains, and stays as it is from then on', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const loads = countLoads(page);
  const duel = await opened(page);
  expect(await isolated(page)).toBe(true);
  expect(page.url()).toBe(`${host.address}${tiny}`);
  await duel.trainSome(3);
  expect(await isolated(page)).toBe(true);
  const after = loads();
  expect(after).toBeLessThanOrEqual(2);
  const panel = await duel.backends();
  await expect(panel).not.toContainText('cross-origin isolated');
  // The helper threads are workers of the worker, and load under the same rule.
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  if (cores > 1) await expect(panel).toContainText(/runs it: .*, [2-8] threads/);

  // Later visits are isolated from the start.
  await page.reload();
  await duel.reaches('idle');
  expect(await isolated(page)).toBe(true);
  await page.waitForTimeout(2500);
  expect(loads()).toBe(after + 1);
  expect(errors).toEqual([]);
});

test("a page that another's service worker serves replaces it and isolates itself", async ({ page }) => {
  host.replace('before.html', '<!doctype html><title>What lay here before</title>');
  host.replace('before.js', "addEventListener('fetch', () => {}); oninstall = () => skipWaiting();");
  await page.goto(`${host.address}before.html`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('before.js');
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain('before.js');
  await opened(page);
  expect(await isolated(page)).toBe(true);
});

test('a page loaded past the service worker does not reload for ever, and is isolated again by hand', async ({
  page,
}) => {
  const duel = await opened(page);
  const session = await page.context().newCDPSession(page);
  const loads = countLoads(page);
  await session.send('Page.reload', { ignoreCache: true });
  await expect.poll(loads).toBeGreaterThan(0);
  await duel.reaches('idle');
  await page.waitForTimeout(1000);
  await duel.reaches('idle');
  expect(loads()).toBeLessThanOrEqual(2);
  if (!(await isolated(page))) {
    const before = loads();
    await (await duel.backends()).getByRole('button', { name: 'Reload the page' }).click();
    await expect.poll(loads).toBeGreaterThan(before);
    await duel.reaches('idle');
  }
  expect(await isolated(page)).toBe(true);
});

test('what is new on the host is what the page gets: nothing old is kept', async ({ page }) => {
  await opened(page);
  const index = readFileSync('dist/index.html', 'utf8');
  host.replace('index.html', index.replace('<title>', '<title>Newer: '));
  host.replace('theme.js', 'document.documentElement.dataset.newer = "yes";');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-newer', 'yes');
  expect(await (await page.request.get(host.address)).text()).toContain('Newer: ');
  expect(await page.evaluate(async () => (await (await fetch('./')).text()).includes('Newer: '))).toBe(true);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);

  // Nor does the service worker stand in for a host that has taken the page down.
  host.replace('index.html', undefined);
  expect((await page.reload())?.status()).toBe(404);
});

test('a newer service worker takes over at the next visit', async ({ page }) => {
  await opened(page);
  const script = readFileSync('dist/service-worker.js', 'utf8');
  host.replace('service-worker.js', `self.addEventListener('message', (e) => e.source.postMessage('newer'));${script}`);
  await page.reload();
  await new Duel(page).reaches('idle');
  const answer = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
          navigator.serviceWorker.startMessages();
          navigator.serviceWorker.controller?.postMessage('who?');
          setTimeout(resolve, 500, 'silent');
        }),
    );
  await expect.poll(answer).toBe('newer');
  expect(await isolated(page)).toBe(true);
});

test.describe('where there is no service worker', () => {
  test.use({ serviceWorkers: 'block' });

  for (const [language, words] of [
    ['en', { train: 'Train', one: 'It runs on one thread.', why: 'the service worker that would do so instead' }],
    ['zh', { train: '训练', one: '目前只用一个线程。', why: 'Service Worker 没有启动' }],
  ] as const) {
    test(`the page runs on one thread and says why (${language})`, async ({ page }) => {
      await page.addInitScript((chosen) => localStorage.setItem('duel.language', chosen), language);
      const loads = countLoads(page);
      const duel = await opened(page);
      expect(await isolated(page)).toBe(false);
      await duel.button(words.train).click();
      await duel.reachesStep(3);
      const panel = await duel.backends();
      await expect(panel).toContainText(words.one);
      await expect(panel).toContainText(words.why);
      expect(loads()).toBe(1);
    });
  }
});

test('a person who is quicker than the service worker keeps the page, and is told what a reload brings', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    const allowed = new Promise<void>((resolve) => {
      (globalThis as unknown as { allow: () => void }).allow = resolve;
    });
    ServiceWorkerContainer.prototype.register = async function (...args) {
      await allowed;
      return register.apply(this, args);
    };
  });
  const loads = countLoads(page);
  await page.goto(`${host.address}${tiny}`);
  const duel = new Duel(page);
  await duel.button('Train').click();
  await duel.reachesStep(3);
  await page.evaluate(() => (globalThis as unknown as { allow: () => void }).allow());
  const panel = await duel.backends();
  const reload = panel.getByRole('button', { name: 'Reload the page' });
  await expect(reload).toBeVisible();
  expect([await isolated(page), loads()]).toEqual([false, 1]);
  await reload.click();
  await expect.poll(loads).toBe(2);
  await duel.reaches('idle');
  expect(await isolated(page)).toBe(true);
});

test('in a frame of another page it runs on one thread and says why', async ({ page }) => {
  host.replace('frame.html', '<!doctype html><iframe src="./" width="1400" height="880"></iframe>');
  await page.goto(`${host.address}frame.html`);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('main')).toHaveAttribute('data-run-state', 'idle', { timeout: 60_000 });
  await frame.locator('button.chip').click();
  await expect(frame.locator('.backend:popover-open')).toContainText('in a tab of its own it can be');
});
