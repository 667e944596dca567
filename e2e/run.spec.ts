import { expect, test } from '@playwright/test';
import { watchFaults } from './support/faults.ts';
import { Duel, noteStates } from './support/run.ts';

test('without a GPU the page picks WASM, says why, and trains the default preset', async ({ page }) => {
  const faults = watchFaults(page);
  const states = await noteStates(page);
  const duel = await new Duel(page).open('./');
  await expect(duel.main).toHaveAttribute('data-backend', 'wasm');
  expect(new URL(page.url()).hash).toBe('');

  const panel = await duel.backends();
  await expect(panel).toContainText('WASM runs it');
  await expect(panel).toContainText('Chosen by a self-test and a short trial on this machine.');
  const row = (name: string) => panel.getByRole('radio', { name: new RegExp(`^${name}`) }).locator('..');
  await expect(row('WASM')).toContainText('runs now');
  for (const name of ['WebGPU', 'WebGL']) {
    await expect(row(name)).toContainText(/does not have it|found no device|only an emulated GPU/);
  }
  await expect(row('CPU')).toContainText('not tried');
  await page.keyboard.press('Escape');

  await duel.button('Train').click();
  await duel.reaches('training');
  await duel.reachesStep(3);
  const losses = await duel.losses();
  expect(losses?.d).toBeGreaterThan(0);
  expect(losses?.g).toBeGreaterThan(0);
  await duel.button('Pause').click();
  await duel.reaches('paused');
  expect(await states()).toEqual(['preparing', 'idle', 'training', 'paused']);
  expect(faults).toEqual([]);
});

test('train, pause, go on, reset: the step counter and the states follow', async ({ page }) => {
  const duel = await new Duel(page).open();
  await duel.trainSome(5);
  const paused = await duel.step();
  await page.waitForTimeout(700);
  expect(await duel.step()).toBe(paused);

  await duel.button('Train').click();
  await duel.reachesStep(paused + 1);
  await duel.button('Reset').click();
  await duel.reaches('idle');
  expect(await duel.step()).toBe(0);
  expect(await duel.losses()).toBeUndefined();
});

test('single steps: D only, G only, both', async ({ page }) => {
  const duel = await new Duel(page).open();
  const losses = () => page.locator('.losses').first();
  await page.getByRole('radio', { name: 'D only' }).click();
  await duel.button('Step').click();
  await expect(duel.main).toHaveAttribute('data-step', '1');
  await expect(losses()).toHaveText(/D loss \d+\.\d+, G loss –/);

  await page.getByRole('radio', { name: 'G only' }).click();
  await duel.button('Step').click();
  await expect(duel.main).toHaveAttribute('data-step', '2');
  await expect(losses()).toHaveText(/D loss \d+\.\d+, G loss \d+\.\d+/);

  await page.getByRole('radio', { name: 'Both, D first' }).click();
  // Pressed faster than steps are made: none is lost, none is made twice.
  for (let i = 0; i < 4; i++) await duel.button('Step').click();
  await expect(duel.main).toHaveAttribute('data-step', '6');
  await duel.reaches('paused');
});

test('a run ends at its limit', async ({ page }) => {
  const duel = await new Duel(page).open('./#v=1&preset=tiny&train.limit=20');
  await duel.button('Train').click();
  await duel.reaches('finished');
  expect(await duel.step()).toBe(20);
  await expect(page.locator('.status')).toContainText('20 of 20');
  await duel.button('Reset').click();
  await duel.reaches('idle');
});

test('slow motion shows whose turn it is', async ({ page }) => {
  const duel = await new Duel(page).open();
  await duel.button('Slow motion').click();
  await duel.button('Train').click();
  await expect(page.getByText('D has just learnt from 8 real and 8 generated images')).toBeVisible();
  await expect(page.getByText('G has just moved towards what D calls real')).toBeVisible();
  await duel.button('Pause').click();
  await duel.reaches('paused');
});

test('a live setting applies without a restart, others wait for one and are taken then', async ({ page }) => {
  const duel = await new Duel(page).open();
  await duel.trainSome();
  const before = await duel.step();

  const rate = page.getByRole('textbox', { name: 'G learning rate' });
  await rate.fill('0.0005');
  await rate.press('Enter');
  await expect(page).toHaveURL(/#v=1&preset=tiny&g\.lr=0\.0005$/);
  expect(await duel.step()).toBe(before);
  await expect(page.getByRole('button', { name: 'Restart with changes' })).toHaveCount(0);
  await duel.trainSome();

  const latent = page.getByRole('textbox', { name: 'Latent size' });
  await latent.fill('8');
  await latent.press('Enter');
  await expect(page.getByText('1 change waits for a restart').first()).toBeVisible();
  expect(await duel.step()).toBeGreaterThan(before);
  await duel.button('Discard').click();
  await expect(latent).toHaveValue('16');

  await latent.fill('8');
  await latent.press('Enter');
  await duel.button('Restart with changes').click();
  await duel.reaches('idle');
  expect(await duel.step()).toBe(0);
  await expect(page).toHaveURL(/model\.latent=8/);
  await duel.trainSome();
});

test('a number that a setting does not allow is put right beside it, in words', async ({ page }) => {
  await new Duel(page).open();
  const box = page.getByRole('textbox', { name: 'Batch size' });
  for (const [typed, value, message] of [
    ['9999', '256', 'Batch size is at most 256. Set to 256.'],
    ['1', '2', 'Batch size is at least 2. Set to 2.'],
    ['many', '2', '“many” is not a number. Batch size stays at 2.'],
  ] as const) {
    await box.fill(typed);
    await box.press('Enter');
    await expect(page.getByText(message)).toBeVisible();
    await expect(box).toHaveValue(value);
  }
});

test('another preset: at once before the first step, after a restart later', async ({ page }) => {
  const duel = await new Duel(page).open();
  const presets = page.getByRole('combobox', { name: 'Preset' });
  await presets.selectOption({ label: 'Digits, no convolutions' });
  await expect(page).toHaveURL(/#v=1&preset=mlp$/);
  await duel.reaches('idle');
  await duel.trainSome(2);

  await presets.selectOption({ label: 'Tiny, for slow machines' });
  await expect(duel.button('Restart with changes')).toBeVisible();
  await duel.button('Restart with changes').click();
  await duel.reaches('idle');
  await duel.trainSome(2);
});

test('another backend can be picked, keeps the settings and says that it was picked', async ({ page }) => {
  const duel = await new Duel(page).open('./#v=1&preset=tiny&g.lr=0.0005');
  const panel = await duel.backends();
  await panel.getByRole('radio', { name: /^CPU/ }).check();
  await panel.getByRole('button', { name: 'Use CPU' }).click();
  await expect(duel.main).toHaveAttribute('data-backend', 'cpu');
  await duel.reaches('idle');
  await expect(page.getByRole('textbox', { name: 'G learning rate' })).toHaveValue('5e-4');
  await duel.trainSome(2);
  await expect(await duel.backends()).toContainText('Chosen by you.');
});

test('?backend=cpu trains on the CPU', async ({ page }) => {
  const faults = watchFaults(page);
  const duel = await new Duel(page).open('./?backend=cpu#v=1&preset=tiny');
  await expect(duel.main).toHaveAttribute('data-backend', 'cpu');
  await duel.trainSome(2);
  expect(faults).toEqual([]);
});

test('once a run trains, the page asks for nothing more', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const duel = await new Duel(page).open();
  await duel.button('Train').click();
  await duel.reachesStep(5);
  // The charts come with the first step.
  await page.waitForLoadState('networkidle');
  expect(asked.length).toBeGreaterThan(5);
  const own = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(own) && !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual(
    [],
  );
  const before = asked.length;
  await page.waitForTimeout(3000);
  await duel.button('Pause').click();
  await duel.button('Reset').click();
  await duel.reaches('idle');
  // A new run may read its data again, from the page's own files.
  const later = asked.slice(before).filter((url) => !new URL(url).pathname.includes('/datasets/'));
  expect(later).toEqual([]);
});
