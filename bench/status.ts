/**
 * `npm run bench -- status [--only wasm,webgpu] [--preset NAME] [--seconds 5] [--rounds 5] [--gpu software|hardware]`: the
 * steps a second that the built page shows in its status, against those that the engine alone makes at the same work, by
 * turns: the page trains and pauses, then the bench's worker runs. With cross-origin isolation and without. By default
 * the first preset on WASM, and `tiny` on WebGPU. Prints JSON; exits with 1 where a median differs by more than 10 %.
 *
 * The page also draws sheets and charts; the engine alone does not.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { defaultPreset } from '../src/config/presets.ts';
import { SidesPage, serveSides } from './engine/browser.ts';
import { BrowserEngine } from './engine/engines.ts';
import { machineFacts } from './engine/machine.ts';
import { gpus, oneOf } from './engine/options.ts';
import { median, significant, spread } from './engine/statistics.ts';
import { presetWork, type Work } from './engine/works.ts';
import { openRun, withPage } from './page.ts';

const known = ['wasm', 'webgpu'] as const;
type Backend = (typeof known)[number];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: known.join(',') },
    preset: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    gpu: { type: 'string', default: 'software' },
  },
});
const turnMs = 1000 * Number(values.seconds);
const rounds = Number(values.rounds);
const gpu = oneOf('--gpu', values.gpu, gpus);
const warmUpMs = 12_000;
const within = 0.1;

/** What the status says; it follows the last few reports. */
async function shownRate(page: Page): Promise<number> {
  const text = await page.locator('.speed b').innerText();
  const rate = Number(text.replaceAll(',', ''));
  if (!(rate > 0)) throw new Error(`the status says "${text}"`);
  return rate;
}

/** Lets the page train for one turn. @returns the rate it shows at the end */
async function pageTurn(page: Page, ms: number): Promise<number> {
  const train = page.locator('button.train');
  await train.click();
  await page.locator('main[data-run-state="training"]').waitFor();
  await page.waitForTimeout(ms);
  const rate = await shownRate(page);
  await train.click();
  await page.locator('main[data-run-state="paused"]').waitFor();
  return rate;
}

/** Lets the engine alone run for about as long. @returns steps a second */
async function engineTurn(engine: BrowserEngine, work: Work, rate: number): Promise<number> {
  const steps = Math.max(1, Math.round((rate * turnMs) / 1000));
  return (1000 * steps) / (await engine.run(work, steps));
}

async function compare(backend: Backend, isolated: boolean) {
  const work = presetWork(values.preset ?? (backend === 'wasm' ? defaultPreset.id : 'tiny'));
  const preset = work.name.replace('preset ', '');
  const circumstances = { gpu: backend === 'wasm' ? 'none' : gpu, isolated } as const;
  const served = await serveSides(isolated);
  try {
    const sides = await SidesPage.open(served.address, circumstances.gpu, isolated);
    const engine = await BrowserEngine.start(sides, 'ours', { backend });
    await engine.build(work);
    const found = await withPage(async ({ page, address }) => {
      await openRun(page, `${address}?backend=${backend}#v=1&preset=${preset}&train.limit=0`);
      const is = await page.evaluate(() => crossOriginIsolated);
      if (is !== isolated) throw new Error(`the page is ${is ? '' : 'not '}cross-origin isolated`);
      const [shown, alone]: [number[], number[]] = [[], []];
      // The first turn warms both up, and in its first ten seconds the page draws its sheets more often.
      for (let round = -1; round < rounds; round++) {
        const rate = await pageTurn(page, round < 0 ? Math.max(turnMs, warmUpMs) : turnMs);
        const own = await engineTurn(engine, work, rate);
        if (round < 0) continue;
        shown.push(rate);
        alone.push(own);
      }
      return { shown, alone };
    }, circumstances);
    await sides.close();
    const [shown, alone] = [median(found.shown), median(found.alone)];
    return {
      backend,
      isolated,
      preset,
      threads: engine.threads,
      shown: significant(shown),
      alone: significant(alone),
      ratio: significant(shown / alone),
      spread: { shown: significant(spread(found.shown), 2), alone: significant(spread(found.alone), 2) },
      rounds,
      within: Math.abs(shown / alone - 1) <= within,
    };
  } finally {
    await served.close();
  }
}

const results = [];
for (const backend of values.only.split(',').map((name) => oneOf('--only', name, known))) {
  for (const isolated of [true, false]) results.push(await compare(backend, isolated));
}
console.log(JSON.stringify({ bench: 'status', machine: machineFacts(), stepsPerSecond: results }, null, 2));
if (!results.every((one) => one.within)) process.exitCode = 1;
