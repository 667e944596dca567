/**
 * `npm run bench [-- options]` measures the engine against its peers; `npm run bench -- NAME [options]` measures something
 * else and prints JSON; `npm run bench -- --list` says what there is.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const benches: Readonly<Record<string, string>> = {
  engine: 'the engine against tfjs, PyTorch, jax-js and the limits of the machine (also without a name; --help)',
  profile: 'where the time of a training step goes, by kernel',
  status: "the page's steps a second against the engine's, with and without cross-origin isolation",
  cost: 'time of a step with each choice over that of a plain DCGAN',
  charts: 'cost of one chart update after 1,000,000 recorded steps against after 1,000',
  longtasks: 'share of main-thread time in tasks over 50 ms while the page trains',
  flat: 'tensors and bytes at step 100 and step 2,000',
  sheets: 'the share of the time that reports and sample sheets take',
  pause: 'time from a press of Pause to the page saying so, and to the last step',
  firstminute: 'screenshots of the page 0, 20, 60, 180 and 600 seconds after Train',
};

const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && !first.startsWith('--');
const name = named ? first : 'engine';
if (first === '--list' || !(name in benches)) {
  for (const [known, what] of Object.entries(benches)) console.log(`npm run bench -- ${known.padEnd(12)} ${what}`);
  if (first !== '--list') process.exitCode = 2;
} else {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const options = named || first === undefined ? rest : [first, ...rest];
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
