import { expect, type Page, type Route, test } from '@playwright/test';
import { pageHeaders } from '../scripts/headers.ts';
import { Duel, tiny } from './support/run.ts';

/** Each failure is named, leaves the settings as they were, and has a way out that ends in a training run. */
const card = (page: Page) => page.locator('main').getByRole('alert');

async function failsWith(page: Page, title: string): Promise<void> {
  await expect(page.locator('main')).toHaveAttribute('data-run-state', 'failed', { timeout: 60_000 });
  await expect(card(page).getByRole('heading')).toHaveText(title);
  // Nothing unsaid, nothing for machines.
  await expect(card(page)).not.toContainText(/[{}–]|undefined|\[object|no-adapter|self-test/);
  await expect(page.getByRole('textbox', { name: 'Batch size' })).toHaveValue('4');
}

async function goesOnBy(page: Page, way: string): Promise<Duel> {
  await card(page).getByRole('button', { name: way, exact: true }).click();
  const duel = new Duel(page);
  await duel.reaches('idle');
  await expect(card(page)).toHaveCount(0);
  await duel.trainSome(2);
  return duel;
}

const mine = `${tiny}&train.batch=4`;

test.describe('backends', () => {
  for (const way of ['Choose automatically', 'Use WASM'] as const) {
    test(`WebGPU without an adapter is named; “${way}” trains`, async ({ page }) => {
      await page.goto(`./?backend=webgpu${mine}`);
      await failsWith(page, 'WebGPU is not available here');
      const duel = await goesOnBy(page, way);
      await expect(duel.main).toHaveAttribute('data-backend', 'wasm');
    });
  }

  test('an unknown backend is named, and the choice is made by trying', async ({ page }) => {
    const duel = await new Duel(page).open(`./?backend=nonsense${mine}`);
    const notice = page.getByRole('alert').filter({ hasText: 'No backend of that name' });
    await expect(notice).toContainText('nonsense');
    await expect(duel.main).toHaveAttribute('data-backend', 'wasm');
    await duel.trainSome(2);
    await expect(page.getByRole('textbox', { name: 'Batch size' })).toHaveValue('4');
  });
});

test.describe('the data file', () => {
  const digits = '**/datasets/digits-*.bin';
  const changed = (change: (bytes: Buffer) => Buffer) => async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.body()) });
  };
  const faults: readonly [string, string, string, (route: Route) => Promise<void>][] = [
    ['cut short', 'The data file is cut short', 'Load it again', changed((bytes) => bytes.subarray(0, 100_000))],
    [
      'altered in one bit',
      'The data file is damaged',
      'Load it again',
      changed((bytes) => {
        bytes[5000] = (bytes[5000] as number) ^ 1;
        return bytes;
      }),
    ],
    [
      'missing',
      'The data file is missing',
      'Load it again',
      (route) => route.fulfill({ status: 404, body: 'nothing' }),
    ],
    ['not reachable', 'The data did not arrive', 'Load it again', (route) => route.abort('connectionreset')],
  ];
  for (const [what, title, way, handler] of faults) {
    test(`${what} is named; once it is whole again “${way}” trains`, async ({ page }) => {
      await page.route(digits, handler);
      await page.goto(`./${mine}`);
      await failsWith(page, title);
      // As long as it is broken the same way out leads to the same place.
      await card(page).getByRole('button', { name: way, exact: true }).click();
      await failsWith(page, title);
      await page.unroute(digits);
      await goesOnBy(page, way);
    });
  }

  test('missing is named; the default, from another file, trains', async ({ page }) => {
    await page.route(digits, (route) => route.fulfill({ status: 404, body: 'nothing here' }));
    await page.goto(`./${mine}`);
    await failsWith(page, 'The data file is missing');
    await card(page).getByRole('button', { name: 'Reset settings to the default' }).click();
    const duel = new Duel(page);
    await duel.reaches('idle');
    await duel.button('Step').click();
    await expect(duel.main).toHaveAttribute('data-step', '1');
  });

  test('an unreadable list of data sets is named; once it is whole again “Load it again” trains', async ({ page }) => {
    const manifest = '**/datasets/manifest.json';
    await page.route(manifest, (route) => route.fulfill({ contentType: 'application/json', body: '{"version": 1' }));
    await page.goto(`./${mine}`);
    await failsWith(page, 'The list of data sets is unreadable');
    await page.unroute(manifest);
    await goesOnBy(page, 'Load it again');
  });
});

test.describe('the worker', () => {
  const script = '**/worker/*.worker-*.js';
  const starts: readonly [string, (route: Route) => Promise<void>][] = [
    ['whose script is missing', (route) => route.fulfill({ status: 404, headers: pageHeaders, body: 'nothing here' })],
    ['whose script does not arrive', (route) => route.abort('connectionreset')],
    [
      'that throws at once',
      (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          headers: pageHeaders,
          body: 'throw new Error("half a build");',
        }),
    ],
  ];
  for (const [what, handler] of starts) {
    test(`one ${what} is named; “Try again” trains once it can`, async ({ page }) => {
      await page.route(script, handler);
      await page.goto(`./${mine}`);
      await failsWith(page, 'The trainer did not start');
      await page.unroute(script);
      await goesOnBy(page, 'Try again');
    });
  }
});

test('training that blows up is named at its step; the way back to the preset trains', async ({ page }) => {
  const rates = 'g.optimiser=sgd&d.optimiser=sgd&g.lr=0.1&d.lr=0.1&data.size=64&train.batch=4';
  const duel = await new Duel(page).open(`./#v=1&preset=mlp&${rates}`);
  await duel.button('Train').click();
  await failsWith(page, 'Training blew up');
  await expect(card(page)).toContainText(/at step \d+/);
  await expect.poll(() => duel.step()).toBeGreaterThan(0);
  await goesOnBy(page, 'Back to the preset');
});
