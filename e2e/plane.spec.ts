import { expect, type Page, test } from '@playwright/test';
import { watchFaults } from './support/faults.ts';
import { Duel } from './support/run.ts';

const ring = './?backend=wasm#v=1&preset=tiny&data.set=ring';
const board = (page: Page) => page.locator('.plane-board');

/** What the canvas shows, as a number that any change of a pixel changes. */
function picture(page: Page): Promise<number> {
  return page.locator('.plane-board > canvas').evaluate((element: HTMLCanvasElement) => {
    const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? [];
    let hash = 0;
    for (let i = 0; i < pixels.length; i++) hash = (hash * 31 + (pixels[i] as number)) | 0;
    return hash;
  });
}

/** Trains until a step is reached, and stops again. */
async function trainTo(duel: Duel, step: number): Promise<void> {
  await duel.button('Train').click();
  await duel.reachesStep(step);
  await duel.page.keyboard.press('Space');
  await duel.reaches('paused');
}

test('the ring, chosen among the data sets, trains 200 steps on WASM, and the picture follows', async ({ page }) => {
  const faults = watchFaults(page);
  const duel = await new Duel(page).open('./?backend=wasm#v=1&preset=tiny');
  await page.getByRole('radio', { name: 'Ring of 8' }).click();
  await expect(board(page)).toBeVisible();
  await duel.reaches('idle');
  await expect(page.getByRole('radio', { name: 'Ring of 8' })).toBeChecked();
  const before = await picture(page);
  await trainTo(duel, 200);
  expect(await picture(page)).not.toBe(before);
  await expect(page.locator('.plane-readouts')).toContainText('of 8');
  const summary = page.locator('.stage-body [role=status]').filter({ hasText: 'generated points lie near a cluster' });
  await expect(summary).toHaveText(/of 8 clusters are hit\. Step \d+: D’s mean is/);

  // Back to images: the sheets are there again.
  await page.getByRole('radio', { name: 'Digits', exact: true }).click();
  await duel.button('Restart with changes').click();
  await expect(page.locator('.sheet[data-side="generated"]')).toBeVisible();
  expect(faults).toEqual([]);
});

test('each layer goes and comes by its switch and by its key', async ({ page }) => {
  const duel = await new Duel(page).open(ring);
  await trainTo(duel, 20);
  const layers = page.getByRole('switch');
  await expect(layers).toHaveCount(8);
  const whole = await picture(page);
  for (let i = 0; i < 8; i++) {
    const layer = layers.nth(i);
    const was = (await layer.getAttribute('aria-checked')) === 'true';
    await page.keyboard.press(String(i + 1));
    await expect(layer).toHaveAttribute('aria-checked', String(!was));
    await expect.poll(() => picture(page)).not.toBe(whole);
    await layer.press('Enter');
    await expect(layer).toHaveAttribute('aria-checked', String(was));
    await expect.poll(() => picture(page)).toBe(whole);
  }
});

test('keys move a probe that says what D says there', async ({ page }) => {
  await new Duel(page).open(ring);
  await board(page).focus();
  await page.keyboard.press('ArrowRight');
  const said = board(page).getByRole('status');
  await expect(said).toHaveText(/^here, D 0\.\d\d, x 0\.10, y 0\.00$|^(generated|real) point, D 0\.\d\d, x/);
  await page.keyboard.press('PageDown');
  await expect(said).toHaveText(/^generated point, D 0\.\d\d, x/);
});

test('in slow motion D’s and G’s turn are told apart', async ({ page }) => {
  const duel = await new Duel(page).open(ring);
  await duel.button('Slow motion').click();
  const turns = page.getByRole('list', { name: 'One step in slow motion' }).getByRole('listitem');
  await duel.button('Train').click();
  await expect(turns.nth(0)).toHaveAttribute('aria-current', 'step');
  const afterD = await picture(page);
  await expect(turns.nth(1)).toHaveAttribute('aria-current', 'step');
  await expect(turns.nth(0)).not.toHaveAttribute('aria-current', 'step');
  await expect.poll(() => picture(page)).not.toBe(afterD);
});

test('points drawn with the keyboard are trained on, and are there after a reload', async ({ page }) => {
  const duel = await new Duel(page).open('./?backend=wasm#v=1&preset=tiny&data.set=points');
  const example = await picture(page);
  await duel.button('Draw or open a file').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Your own points' });
  const use = dialog.getByRole('button', { name: 'Use these points' });
  await expect(use).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('application').focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(dialog).toContainText('24 points');
  await page.keyboard.press('Backspace');
  await expect(dialog).toContainText('12 points');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Space');
  await use.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.locator('.own-points')).toContainText('24 points');
  await duel.reaches('idle');
  await expect.poll(() => picture(page)).not.toBe(example);
  await trainTo(duel, 50);

  // In mid-run the button says what it will cost.
  await duel.button('Draw or open a file').click();
  await expect(dialog.getByRole('button', { name: 'Restart with these points' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(page.locator('.own-points')).toContainText('24 points');
});

test('a CSV file becomes points; what is wrong in it is named, and a bad one changes nothing', async ({ page }) => {
  const duel = await new Duel(page).open('./?backend=wasm#v=1&preset=tiny&data.set=points');
  await duel.button('Draw or open a file').click();
  const dialog = page.getByRole('dialog', { name: 'Your own points' });
  const choose = (name: string, text: string) =>
    dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('three.csv', 'x,y\n0,0\noops,1\n5,5\n5,0\n');
  await expect(dialog.getByRole('status').last()).toContainText(
    /3 points read from three\.csv\..*1 line could not be read and was left out: line 3: “oops,1”/,
  );
  await choose('page.html', '<html></html>');
  await expect(dialog.getByRole('status').last()).toContainText('No points in it.');
  await choose('big.csv', '1,1\n'.repeat(250_001));
  await expect(dialog.getByRole('status').last()).toContainText('The file is too large.');
  await expect(dialog).toContainText('3 points');
  await dialog.getByRole('button', { name: 'Use these points' }).click();
  await expect(page.locator('.own-points')).toContainText('3 points');
  await duel.reaches('idle');
  await trainTo(duel, 20);
});
