/**
 * `npm run bench -- profile [--backend wasm|webgpu|webgl] [--batch 64] [--preset NAME] [--engine ours|stock] [--threads 1]
 * [--steps 7] [--gpu software|hardware] [--json FILE]`: where the time of a training step goes, by kernel.
 *
 * Times are medians over the steps. `outside` is what a whole step takes beyond its kernels: JavaScript, uploads, readback.
 * A kernel made of others counts as well as they do: the composed filter gradient of stock tfjs on WASM.
 * On a GPU each kernel is timed by the device's own clock, alone in its pass, so that the sum may exceed a step's time.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backendNames } from '../src/config/backends.ts';
import { SidesPage, serveSides } from './engine/browser.ts';
import { BrowserEngine } from './engine/engines.ts';
import { machineFacts } from './engine/machine.ts';
import { gpus, oneOf } from './engine/options.ts';
import { mergeProfiles } from './engine/profiles.ts';
import { median, significant } from './engine/statistics.ts';
import { table } from './engine/table.ts';
import { dcganWork, presetWork } from './engine/works.ts';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    batch: { type: 'string' },
    preset: { type: 'string' },
    engine: { type: 'string', default: 'ours' },
    threads: { type: 'string', default: '1' },
    steps: { type: 'string', default: '7' },
    gpu: { type: 'string', default: 'software' },
    json: { type: 'string' },
  },
});
const backend = oneOf('--backend', values.backend, backendNames);
const kind = oneOf('--engine', values.engine, ['ours', 'stock'] as const);
const gpu = oneOf('--gpu', values.gpu, gpus);
const inSoftware = backend !== 'wasm' && gpu === 'software';
const batch = Number(values.batch ?? (inSoftware ? 4 : 64));
const named = values.preset ? presetWork(values.preset) : dcganWork({ batch });
const work = values.batch ? { ...named, experiment: { ...named.experiment, 'train.batch': batch } } : named;

const served = await serveSides();
const page = await SidesPage.open(served.address, backend === 'wasm' ? 'none' : gpu);
try {
  const engine = await BrowserEngine.start(page, kind, { backend, threads: Number(values.threads) });
  await engine.build(work);
  await engine.run(work, 2);
  const profiles = [];
  const whole = [];
  for (let i = 0; i < Number(values.steps); i++) {
    whole.push(await engine.run(work, 1));
    profiles.push(await engine.profile(work));
  }
  const kernels = mergeProfiles(profiles);
  const stepMs = median(whole);
  const inside = kernels.reduce((sum, { ms }) => sum + ms, 0);
  const rows = [...kernels, { kernel: 'outside', count: 0, ms: Math.max(0, stepMs - inside) }];
  const share = (ms: number) => `${((100 * ms) / Math.max(stepMs, inside)).toFixed(1)} %`;
  console.log(`${work.name}, batch ${work.experiment['train.batch']}, ${backend}, ${engine.who}, ${engine.about}`);
  console.log(`step ${significant(stepMs)} ms, kernels ${significant(inside)} ms\n`);
  console.log(
    table(
      ['kernel', 'times', 'ms', 'share'],
      rows.map((one) => [one.kernel, one.count, significant(one.ms, 3), share(one.ms)]),
    ),
  );
  if (values.json) {
    const about = {
      work: work.name,
      batch: work.experiment['train.batch'],
      backend,
      engine: kind,
      threads: engine.threads,
    };
    const machine = { ...machineFacts(), browser: page.version };
    writeFileSync(values.json, `${JSON.stringify({ ...about, step_ms: stepMs, kernels: rows, machine }, null, 2)}\n`);
  }
} finally {
  await page.close();
  await served.close();
}
