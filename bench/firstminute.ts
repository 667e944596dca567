/**
 * `npm run bench -- firstminute [--preset fashion] [--seed N] [--at 0,20,60,180,600] [--out out/first-minute]`: opens the built page,
 * presses Train, and keeps a screenshot of the window at each of those seconds, with its step.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, openRun, stepOf, withPage } from './page.ts';

const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'fashion' },
    seed: { type: 'string' },
    at: { type: 'string', default: '0,20,60,180,600' },
    out: { type: 'string', default: 'out/first-minute' },
  },
});
const moments = values.at.split(',').map(Number);
if (!moments.every((second, i) => Number.isFinite(second) && second >= 0 && second >= (moments[i - 1] ?? 0))) {
  console.error(`--at wants seconds that grow, such as 0,20,60, not "${values.at}"`);
  process.exit(2);
}
const name = values.seed ? `${values.preset}-seed${values.seed}` : values.preset;
mkdirSync(values.out, { recursive: true });

const result = await withPage(async ({ page, address }) => {
  const opening = performance.now();
  const backend = await openRun(
    page,
    `${address}#v=1&preset=${values.preset}${values.seed ? `&train.seed=${values.seed}` : ''}`,
  );
  const readyMs = Math.round(performance.now() - opening);
  const shots: { seconds: number; step: number; losses: string; file: string }[] = [];
  const shoot = async (seconds: number) => {
    const file = join(values.out, `${name}-${String(seconds).padStart(4, '0')}s.png`);
    await page.screenshot({ path: file });
    const losses = (await page.locator('.losses').first().textContent()) ?? '';
    shots.push({ seconds, step: await stepOf(page), losses, file });
    console.error(`${seconds} s: step ${shots.at(-1)?.step}`);
  };
  if (moments[0] === 0) await shoot(0);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const began = performance.now();
  for (const seconds of moments.filter((moment) => moment > 0)) {
    await page.waitForTimeout(Math.max(0, seconds * 1000 - (performance.now() - began)));
    await shoot(seconds);
  }
  return { backend, readyMs, shots };
});
console.log(
  JSON.stringify({ bench: 'firstminute', preset: values.preset, seed: values.seed, ...machine, ...result }, null, 2),
);
