import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Small enough that a run is built, trained and reset within seconds on any machine. */
export const tiny = '#v=1&preset=tiny';

export type RunState = 'idle' | 'preparing' | 'training' | 'paused' | 'finished' | 'failed';

/** The page as a person drives it: by the names of its buttons, and by what `<main>` and the status say. */
export class Duel {
  readonly page: Page;
  readonly main: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.locator('main');
  }

  /** Opens the page and waits until the run is built. */
  async open(address = `./${tiny}`): Promise<this> {
    await this.page.goto(address);
    await this.reaches('idle');
    return this;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async reaches(state: RunState, timeout = 60_000): Promise<void> {
    await expect(this.main).toHaveAttribute('data-run-state', state, { timeout });
  }

  async step(): Promise<number> {
    return Number(await this.main.getAttribute('data-step'));
  }

  async reachesStep(step: number, timeout = 90_000): Promise<void> {
    await expect.poll(() => this.step(), { timeout }).toBeGreaterThanOrEqual(step);
  }

  /** Both losses as they can be read, or undefined while there is none. */
  async losses(): Promise<{ d: number; g: number } | undefined> {
    const text = (await this.page.locator('.losses').first().textContent()) ?? '';
    const [d, g] = (text.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);
    return d === undefined || g === undefined ? undefined : { d, g };
  }

  /** Trains some steps and stops again. */
  async trainSome(steps = 3): Promise<void> {
    const until = (await this.step()) + steps;
    await this.button('Train').click();
    await this.reachesStep(until);
    await this.button('Pause').click();
    await this.reaches('paused');
  }

  /** Opens the list of backends. */
  async backends(): Promise<Locator> {
    await this.page.locator('button.chip').click();
    const panel = this.page.locator('.backend:popover-open');
    await expect(panel).toBeVisible();
    return panel;
  }
}

/** Notes every value that `data-run-state` takes. Call before `goto`. */
export async function noteStates(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const states: string[] = [];
    (globalThis as unknown as { states: string[] }).states = states;
    const note = () => {
      const state = document.querySelector('main')?.dataset.runState;
      if (state && state !== states.at(-1)) states.push(state);
    };
    new MutationObserver(note).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-run-state'],
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { states: string[] }).states);
}

/** Unfolds every group of settings, as a person who had opened them before would find them. Call before `goto`. */
export async function unfoldSettings(context: Page | BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    for (const group of ['data', 'generator', 'discriminator', 'objective', 'regularisers', 'optimisers', 'training']) {
      localStorage.setItem(`duel.group.${group}`, 'true');
    }
  });
}
