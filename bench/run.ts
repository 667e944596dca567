/** `npm run bench` lists what can be measured; `npm run bench -- NAME [options]` measures it and prints JSON. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const benches: Readonly<Record<string, string>> = {
  'step-wasm': 'one DCGAN-28 step with our WASM kernels against stock tfjs, in one run',
  charts: 'cost of one chart update after 1,000,000 recorded steps against after 1,000',
  longtasks: 'share of main-thread time in tasks over 50 ms while the page trains',
  flat: 'tensors and bytes at step 100 and step 2,000',
  pause: 'time from a press of Pause to the page saying so, and to the last step',
  firstminute: 'screenshots of the page 0, 20, 60, 180 and 600 seconds after Train',
};

const [name, ...options] = process.argv.slice(2);
const file = name && name in benches ? fileURLToPath(new URL(`./${name}.ts`, import.meta.url)) : undefined;
if (file && existsSync(file)) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  for (const [known, what] of Object.entries(benches)) console.log(`npm run bench -- ${known.padEnd(12)} ${what}`);
  if (name) process.exitCode = 2;
}
