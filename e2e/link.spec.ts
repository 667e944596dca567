import { expect, test } from '@playwright/test';
import { watchFaults } from './support/faults.ts';
import { Duel, unfoldSettings } from './support/run.ts';

test('the address holds what differs, and opens it again elsewhere', async ({ page, context }) => {
  await unfoldSettings(context);
  await new Duel(page).open('./#v=1&preset=tiny');
  const rate = page.getByRole('textbox', { name: 'D learning rate' });
  await rate.fill('0.0003');
  await rate.press('Enter');
  await page.getByRole('combobox', { name: 'Loss', exact: true }).selectOption({ label: 'Minimax' });
  await expect(page).toHaveURL(/#v=1&preset=tiny&objective\.loss=minimax&d\.lr=0\.0003$/);

  const other = await context.newPage();
  const duel = await new Duel(other).open(page.url());
  await expect(other.getByRole('combobox', { name: 'Preset' })).toHaveValue('tiny');
  await expect(other.getByRole('textbox', { name: 'D learning rate' })).toHaveValue('3e-4');
  await expect(other.getByRole('combobox', { name: 'Loss', exact: true })).toHaveValue('minimax');
  await duel.trainSome(2);

  // Back to the preset: only its name is left.
  await other.getByRole('combobox', { name: 'Loss', exact: true }).selectOption({ label: 'Non-saturating' });
  await other.getByRole('textbox', { name: 'D learning rate' }).fill('0.002');
  await other.getByRole('textbox', { name: 'D learning rate' }).press('Enter');
  await expect(other).toHaveURL(/#v=1&preset=tiny$/);
});

const bad: readonly [string, string, string][] = [
  ['NaN', '#v=1&preset=tiny&g.lr=NaN', 'A setting has no such value'],
  ['a number out of range', '#v=1&train.batch=100000', 'A setting has no such value'],
  ['an unknown preset', '#v=1&preset=nope', 'No preset of that name'],
  ['another version', '#v=7&preset=tiny', 'The link is from another version'],
  ['a prototype', '#v=1&__proto__=1', 'The link cannot be read'],
  ['very long', `#v=1&${'x'.repeat(50_000)}=1`, 'The link cannot be read'],
];
for (const [what, hash, title] of bad) {
  test(`a link with ${what} gives a plain message and the default, which works`, async ({ page }) => {
    const faults = watchFaults(page);
    const duel = await new Duel(page).open(`./?backend=wasm${hash}`);
    const notice = page.getByRole('alert').filter({ hasText: title });
    await expect(notice).toBeVisible();
    await expect(notice).not.toContainText(/[{}–]|undefined|null/);
    await expect(page.getByRole('combobox', { name: 'Preset' })).toHaveValue('fashion');
    await duel.button('Step').click();
    await expect(duel.main).toHaveAttribute('data-step', '1');
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
    expect(faults).toEqual([]);
  });
}

test('a bad link pasted into an open page changes nothing and says so', async ({ page }) => {
  const duel = await new Duel(page).open('./#v=1&preset=tiny&train.batch=4');
  await duel.trainSome(2);
  const step = await duel.step();
  await page.evaluate(() => {
    location.hash = '#v=1&preset=tiny&g.lr=NaN';
  });
  await expect(page.getByRole('alert').filter({ hasText: 'A setting has no such value' })).toBeVisible();
  expect(await duel.step()).toBe(step);
  await expect(page.getByRole('textbox', { name: 'Batch size' })).toHaveValue('4');
  await expect(page).toHaveURL(/#v=1&preset=tiny&train\.batch=4$/);
});
