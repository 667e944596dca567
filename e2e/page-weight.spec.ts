import { expect, test } from '@playwright/test';
import { budgets } from '../scripts/size.ts';
import { weighScripts } from './support/weight.ts';

test('the page fetches no more JavaScript than its budget before Train is pressed', async ({ page }) => {
  const weigh = weighScripts(page);
  await page.goto('./');
  await page.waitForLoadState('networkidle');
  const scripts = await weigh();
  const total = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(total, JSON.stringify(Object.fromEntries(scripts))).toBeLessThanOrEqual(budgets.page);
});
