/**
 * The table of objectives on the plane: each alone and with its best regulariser, on worlds of clusters.
 *
 * `npm run table -- --seeds 11,12,13 --steps 5000 --worlds ring,grid --out out/table`. Each run is added to runs.jsonl as
 * it ends, and runs that are there already are not made again, so that a table can be broken off and gone on with;
 * table.md is written anew each time. `--losses` limits it to some.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Experiment, initialExperiment } from '../src/config/experiment.ts';
import { planeBase } from '../src/config/planePresets.ts';
import { chooseBackend } from '../src/engine/backend/choose.ts';
import { nodeStarters } from '../src/engine/backend/node.ts';
import { isPlane } from '../src/engine/data/dataset.ts';
import { measuredCount, measurePlane, noiseMeasures } from '../src/engine/metrics/plane.ts';
import { Session } from '../src/engine/session.ts';
import { markdown, type Run } from './table/markdown.ts';
import { type TableRow, tableRows } from './table/rows.ts';
import { dataOf } from './train/data.ts';

/** Steps between two readings of the signals, which also lets the device forget them. */
const readEvery = 50;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '11,12,13' },
    steps: { type: 'string', default: '5000' },
    worlds: { type: 'string', default: 'ring,grid' },
    losses: { type: 'string' },
    threads: { type: 'string' },
    out: { type: 'string', default: 'out/table' },
  },
});
const steps = Number(values.steps);
const list = (text: string) => text.split(',').filter((part) => part !== '');

mkdirSync(values.out, { recursive: true });
const file = join(values.out, 'runs.jsonl');
const runs: Run[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
await chooseBackend(nodeStarters, 'wasm', values.threads ? { threads: Number(values.threads) } : {});

for (const world of list(values.worlds)) {
  for (const row of tableRows) {
    if (values.losses && !list(values.losses).includes(row.loss)) continue;
    for (const seed of list(values.seeds).map(Number)) {
      const same = (run: Run) =>
        run.world === world &&
        run.loss === row.loss &&
        run.with === row.with &&
        run.seed === seed &&
        run.steps === steps;
      if (runs.some(same)) continue;
      const run = await train(world as Experiment['data.set'], row, seed);
      runs.push(run);
      appendFileSync(file, `${JSON.stringify(run)}\n`);
      process.stderr.write(`${JSON.stringify(run)}\n`);
    }
  }
}
const table = markdown(runs);
writeFileSync(join(values.out, 'table.md'), table);
console.log(table);

async function train(world: Experiment['data.set'], row: TableRow, seed: number): Promise<Run> {
  const experiment: Experiment = {
    ...initialExperiment,
    ...planeBase,
    ...row.change,
    'data.set': world,
    'objective.loss': row.loss,
    'train.seed': seed,
  };
  const dataset = await dataOf(experiment);
  if (!isPlane(dataset) || !dataset.modes) throw new Error(`${world} has no clusters to count`);
  const session = new Session(experiment, dataset);
  const before = performance.now();
  for (let step = 1; step <= steps; step++) {
    session.advance('both');
    if (step % readEvery === 0) await session.read();
  }
  await session.read();
  const seconds = (performance.now() - before) / 1000;
  const measured = measurePlane(await session.samples(measuredCount, true), dataset.modes);
  session.dispose();
  const { loss, with: regulariser } = row;
  return { world, loss, with: regulariser, seed, steps, seconds, ...measured, noise: noiseMeasures(dataset.modes) };
}
