import { expect, test } from '@playwright/test';
import { watchFaults } from './support/faults.ts';
import { Duel } from './support/run.ts';

for (const backend of ['webgpu', 'webgl'] as const) {
  test(`a tiny preset trains 20 steps on ${backend}`, async ({ page }) => {
    const faults = watchFaults(page);
    const duel = new Duel(page);
    await page.goto(`./?backend=${backend}#v=1&preset=tiny&train.limit=20`);
    // Compiling what the self-test runs takes most of it.
    await duel.reaches('idle', 300_000);
    await expect(duel.main).toHaveAttribute('data-backend', backend);
    await duel.button('Train').click();
    await duel.reaches('finished', 150_000);
    expect(await duel.step()).toBe(20);
    const losses = await duel.losses();
    expect(losses?.d).toBeGreaterThan(0);
    expect(losses?.g).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });
}
