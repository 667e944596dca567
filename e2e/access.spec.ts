import { expect, type Page, test } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { Duel, tiny, unfoldSettings } from './support/run.ts';

const languages = { en: { train: 'Train', pause: 'Pause' }, zh: { train: '训练', pause: '暂停' } } as const;

/** Collects the violations of each view, so that one run names them all. */
function checker(page: Page) {
  const found: string[] = [];
  const check = async (view: string) => {
    for (const violation of await axeViolations(page)) found.push(`${view}: ${violation}`);
  };
  return { found, check };
}

async function trainABit(page: Page, { train, pause }: { train: string; pause: string }): Promise<void> {
  const duel = new Duel(page);
  await duel.button(train).click();
  await duel.reachesStep(3);
  await duel.button(pause).click();
  await duel.reaches('paused');
}

for (const [language, words] of Object.entries(languages)) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`${language}, ${theme}`, () => {
      test.use({ colorScheme: theme, reducedMotion: 'reduce' });
      test.beforeEach(async ({ page }) => {
        await unfoldSettings(page);
        await page.addInitScript((chosen) => localStorage.setItem('duel.language', chosen), language);
      });

      test('no axe violation on a desk: every view, list and dialog', async ({ page }) => {
        const { found, check } = checker(page);
        const duel = await new Duel(page).open();
        await check('before training');

        await trainABit(page, words);
        await page.waitForLoadState('networkidle');
        await check('after training');

        await page.locator('button.chip').click();
        await expect(page.locator('.backend:popover-open')).toBeVisible();
        await check('backends');
        await page.keyboard.press('Escape');

        await page.locator('.setting-label').first().click();
        await expect(page.locator('.help:popover-open')).toBeVisible();
        await check('help of a setting');
        await page.keyboard.press('Escape');

        await page.locator('.sheet[data-side="generated"] [role="gridcell"]').nth(3).click();
        await check('chosen sample');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('dialog')).toBeVisible();
        await check('enlarged sample');
        await page.keyboard.press('Escape');

        await page.locator('.bar .lucide-info').locator('..').click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await page.waitForLoadState('networkidle');
        await check('about');
        await page.keyboard.press('Escape');

        await page.getByRole('combobox').first().selectOption('article');
        await expect(page.locator('.restart-bar').first()).toBeVisible();
        await check('changes that wait');
        await page.evaluate(() => {
          location.hash = '#v=9';
        });
        await expect(page.locator('.toast-error')).toBeVisible();
        await check('a notice');
        expect(found).toEqual([]);
        await expect(duel.main).toHaveAttribute('data-run-state', 'paused');
      });

      test('no axe violation on a phone, nor anything wider than it', async ({ page }) => {
        await page.setViewportSize({ width: 390, height: 844 });
        const { found, check } = checker(page);
        const fits = async (view: string) => {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) found.push(`${view}: ${wide} px wider than the screen`);
        };
        await new Duel(page).open();
        await trainABit(page, words);
        const views = page.locator('.phone-nav button');
        for (let i = 0; i < (await views.count()); i++) {
          await views.nth(i).click();
          await page.waitForLoadState('networkidle');
          await check(`view ${i + 1}`);
          await fits(`view ${i + 1}`);
        }
        await page.locator('.phone-bar .lucide-ellipsis').locator('..').click();
        await expect(page.locator('.more:popover-open')).toBeVisible();
        await check('more');
        await fits('more');
        expect(found).toEqual([]);
      });

      test('no axe violation on the plane: its view, its probe, the board to draw on, on a phone', async ({ page }) => {
        const { found, check } = checker(page);
        await new Duel(page).open('./#v=1&preset=tiny&data.set=points');
        await check('before training');
        await trainABit(page, words);
        await page.waitForLoadState('networkidle');
        await check('after training');
        await page.locator('.plane-board').focus();
        await page.keyboard.press('PageDown');
        await check('probe');
        await page.locator('.own-points button').click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await check('own points');
        await page.keyboard.press('Escape');
        await page.setViewportSize({ width: 390, height: 844 });
        await expect(page.locator('.plane-phone')).toBeVisible();
        await check('phone');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
        expect(found).toEqual([]);
      });

      test('no axe violation where a run has failed', async ({ page }) => {
        const { found, check } = checker(page);
        await page.goto(`./?backend=webgpu${tiny}`);
        await new Duel(page).reaches('failed');
        await check('failure');
        expect(found).toEqual([]);
      });
    });
  }
}
