/**
 * `npm run bench -- pause [--times 20] [--preset fashion]`: how long after a press of Pause the page says so, and how long
 * until the last step arrives, beside the time of one step.
 */
import { parseArgs } from 'node:util';
import { machine, openRun, stepOf, withPage } from './page.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, preset: { type: 'string', default: 'fashion' } },
});
const times = Number(values.times);

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const summary = (list: readonly number[]) => ({ median: Math.round(median(list)), max: Math.round(Math.max(...list)) });

const result = await withPage(async ({ page, address }) => {
  const backend = await openRun(page, `${address}#v=1&preset=${values.preset}&train.limit=0`);
  const said: number[] = [];
  const settled: number[] = [];
  let [steps, seconds] = [0, 0];
  for (let i = 0; i < times; i++) {
    const from = await stepOf(page);
    const began = performance.now();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    // Not in time with the reports.
    await page.waitForTimeout(1500 + 137 * (i % 7));
    const measured = await page.evaluate(
      () =>
        new Promise<{ said: number; settled: number }>((resolve) => {
          const main = document.querySelector('main') as HTMLElement;
          const pressed = performance.now();
          const seen = { said: 0, settled: 0 };
          new MutationObserver(() => {
            const now = performance.now() - pressed;
            if (main.dataset.runState === 'paused' && seen.said === 0) seen.said = now;
            seen.settled = now;
          }).observe(main, { attributes: true });
          (document.querySelector('button.train') as HTMLButtonElement).click();
          setTimeout(() => resolve(seen), 1200);
        }),
    );
    said.push(measured.said);
    settled.push(measured.settled);
    steps += (await stepOf(page)) - from;
    seconds += (performance.now() - began) / 1000 - 1.2;
  }
  return {
    backend,
    times,
    stepMs: Math.round((1000 * seconds) / steps),
    saidMs: summary(said),
    lastStepMs: summary(settled),
  };
});
console.log(JSON.stringify({ bench: 'pause', preset: values.preset, ...machine, ...result }, null, 2));
