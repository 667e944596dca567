import { expect, test } from '@playwright/test';
import { watchFaults } from './support/faults.ts';

test('the served page is cross-origin isolated, under a strict policy, and asks nobody else for anything', async ({
  page,
}) => {
  const faults = watchFaults(page);
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).not.toContain('unsafe-inline');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.waitForLoadState('networkidle');
  expect(faults).toEqual([]);
});

test('the policy holds: an inline script does not run', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true;';
    document.head.append(script);
  });
  expect(await page.evaluate(() => 'inlineRan' in globalThis)).toBe(false);
});
