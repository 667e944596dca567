import { expect, test } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { Duel, unfoldSettings } from './support/run.ts';

test('settings that do not go together are told of beside one of them, and a press mends them', async ({ page }) => {
  await unfoldSettings(page);
  const duel = await new Duel(page).open('./#v=1&preset=tiny&reg.clip=0.01&d.beta1=0');
  const clipping = page.getByRole('switch', { name: 'Weight clipping' });
  const penalty = page.getByRole('switch', { name: 'Gradient penalty' });
  const advice = page.getByRole('status').filter({ hasText: 'Clipping keeps D’s weights too small' });
  await expect(clipping).toBeChecked();
  await expect(advice).toHaveCount(0);

  // A stabiliser that is off is one line; its switch opens it at the value that is suggested.
  const box = page.getByRole('textbox', { name: 'Gradient penalty' });
  await expect(box).toHaveCount(0);
  await penalty.focus();
  await page.keyboard.press('Space');
  await expect(box).toHaveValue('10');
  await expect(penalty).toBeFocused();

  // Two rules: clipping beside the penalty, and the penalty under the preset's batch norm.
  await expect(advice).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'A penalty on D’s slope' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await advice.getByRole('button', { name: 'Set Weight clipping to off' }).click();
  await expect(advice).toHaveCount(0);
  await expect(clipping).not.toBeChecked();
  await duel.reaches('idle');
  await duel.trainSome(1);

  // What needs a new run waits for one.
  await page.getByRole('button', { name: 'Set D norm to None' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'A penalty on D’s slope' })).toHaveCount(0);
  await expect(page.getByText('1 change waits for a restart').first()).toBeVisible();
});
