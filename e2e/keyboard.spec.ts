import { expect, type Locator, type Page, test } from '@playwright/test';
import { Duel } from './support/run.ts';

/** The accessible name of what has the focus, near enough for the controls used here. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });

/** Whether what has the focus looks otherwise than without it: a ring of its own, around it, or on a slider's thumb. */
const showsFocus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const look = () => {
      for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
      const styles = [element, element.parentElement as HTMLElement].map((part) => getComputedStyle(part));
      if (element.matches('[type=range]')) styles.push(getComputedStyle(element, '::-webkit-slider-thumb'));
      // High contrast has an outline; everyone else sees the shadow.
      return JSON.stringify(styles.map(({ boxShadow }) => boxShadow));
    };
    const focused = look();
    element.blur();
    const unfocused = look();
    element.focus();
    return focused !== unfocused && look() === focused;
  });

/** Tabs forward until something of that name, or that element, has the focus; it must show it. */
async function tabTo(page: Page, to: string | Locator): Promise<void> {
  const there = async () =>
    typeof to === 'string'
      ? (await focused(page)) === to
      : await to.evaluate((element) => element === document.activeElement);
  for (let i = 0; i < 120; i++) {
    if (await there()) {
      expect(await showsFocus(page), `${to} shows its focus`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${to} cannot be reached by Tab`);
}

test('a whole run by keyboard alone: preset, train, pause, step, setting, backend list, reset', async ({ page }) => {
  const duel = new Duel(page);
  await page.goto('./?backend=wasm');
  await duel.reaches('idle');

  await tabTo(page, 'Preset');
  // A native list goes to the entry that begins with the letter typed.
  await page.keyboard.type('Tiny');
  await expect(page.getByRole('combobox', { name: 'Preset' })).toHaveValue('tiny');
  await expect(page).toHaveURL(/preset=tiny/);
  await duel.reaches('idle');

  await tabTo(page, 'Train');
  await page.keyboard.press('Enter');
  await duel.reaches('training');
  await duel.reachesStep(5);
  // The same button is now Pause.
  expect(await focused(page)).toBe('Pause');
  await page.keyboard.press('Space');
  await duel.reaches('paused');
  const paused = await duel.step();

  await tabTo(page, 'Step');
  await page.keyboard.press('Space');
  await expect(duel.main).toHaveAttribute('data-step', String(paused + 1));
  await tabTo(page, 'Both, D first');
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toBe('D only');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(duel.main).toHaveAttribute('data-step', String(paused + 2));

  await tabTo(page, 'Reset');
  await page.keyboard.press('Enter');
  await duel.reaches('idle');
  expect(await duel.step()).toBe(0);

  // The list of backends opens, is read, and gives the focus back.
  const chip = page.locator('button.chip');
  await tabTo(page, chip);
  await page.keyboard.press('Enter');
  await expect(page.locator('.backend:popover-open')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.backend:popover-open')).toHaveCount(0);
  await expect(chip).toBeFocused();

  // A slider and its box by arrow keys.
  await tabTo(page, 'Batch size');
  const box = page.getByRole('textbox', { name: 'Batch size' });
  await page.keyboard.press('ArrowUp');
  await expect(box).not.toHaveValue('8');
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveValue('8');
});

test('Space trains and pauses and S steps while nothing of their own has the focus', async ({ page }) => {
  const duel = await new Duel(page).open();
  await page.keyboard.press('s');
  await expect(duel.main).toHaveAttribute('data-step', '1');
  await page.keyboard.press('Space');
  await duel.reaches('training');
  await duel.reachesStep(3);
  await page.keyboard.press('Space');
  await duel.reaches('paused');

  // Also after a skip to the samples, or a click beside them, has put the focus on the stage.
  await duel.main.focus();
  await page.keyboard.press('Space');
  await duel.reaches('training');
  await page.keyboard.press('Space');
  await duel.reaches('paused');

  // Typing in a box is typing.
  const box = page.getByRole('textbox', { name: 'Batch size' });
  await box.focus();
  const step = await duel.step();
  await page.keyboard.press('s');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
  expect(await duel.step()).toBe(step);
});

test('samples are walked through, chosen and enlarged by keyboard', async ({ page }) => {
  await new Duel(page).open();
  const first = page
    .getByRole('grid', { name: /Generated samples/ })
    .getByRole('gridcell')
    .first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Sample 2/ })).toBeVisible();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('heading')).toHaveText('Sample 2');
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('heading')).toHaveText('Sample 3');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
