import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { decode } from 'fast-png';
import { watchFaults } from './support/faults.ts';
import { Duel } from './support/run.ts';

test('language and theme are kept across a reload; the run is not disturbed by a change', async ({ page }) => {
  const faults = watchFaults(page);
  const duel = await new Duel(page).open();
  await duel.trainSome(2);
  const step = await duel.step();
  const html = page.locator('html');

  await duel.button('中文').click();
  await expect(html).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeVisible();
  await page.getByRole('button', { name: '深色' }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  expect(await duel.step()).toBe(step);

  await page.reload();
  await expect(html).toHaveAttribute('lang', 'zh-Hans');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await duel.reaches('idle');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect(html).toHaveAttribute('lang', 'en');
  await expect(duel.button('Train')).toBeVisible();
  expect(faults).toEqual([]);
});

async function savedBy(page: Page, press: () => Promise<void>) {
  const coming = page.waitForEvent('download');
  await press();
  const download = await coming;
  return { name: download.suggestedFilename(), png: decode(readFileSync(await download.path())) };
}

test('samples are saved as PNG: the sheets, and one sample with its own pixels', async ({ page }) => {
  const duel = await new Duel(page).open();
  await duel.trainSome(2);
  const sheet = await savedBy(page, () =>
    page
      .getByRole('button', { name: /^Save .*PNG$/ })
      .first()
      .click(),
  );
  expect(sheet.name).toMatch(/^duel-tiny-step-\d+-.*\.png$/);
  expect(sheet.png.width).toBeGreaterThan(8 * 16);
  expect(sheet.png.height).toBeGreaterThan(8 * 16);
  // Images, not one flat colour.
  expect(new Set(sheet.png.data).size).toBeGreaterThan(20);

  await page
    .getByRole('grid', { name: /Real images/ })
    .getByRole('gridcell')
    .first()
    .click();
  const one = await savedBy(page, () =>
    page.getByRole('region', { name: 'Chosen sample' }).getByRole('button', { name: 'Save as PNG' }).click(),
  );
  expect([one.png.width, one.png.height]).toEqual([512, 512]);
  // Each of the 16 x 16 pixels is one square of 32.
  const { data, channels, width } = one.png;
  const at = (x: number, y: number) => data[(y * width + x) * channels];
  for (let y = 0; y < 512; y += 31) for (let x = 0; x < 512; x += 29) expect(at(x, y)).toBe(at(x & ~31, y & ~31));
});
