/** Trains an experiment without a browser: `npm run train`. `scripts/train/options.ts` says how. */
import { createHash } from 'node:crypto';
import { accessSync, constants, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signals } from '../src/config/signals.ts';
import { chooseBackend } from '../src/engine/backend/choose.ts';
import { nodeStarters } from '../src/engine/backend/node.ts';
import { fileSource } from '../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../src/engine/data/load.ts';
import { resizeDataset } from '../src/engine/data/resize.ts';
import { Session } from '../src/engine/session.ts';
import { parseOptions, type TrainOptions, UsageError, usage } from './train/options.ts';
import { sheetPng } from './train/sheet.ts';

/** Steps between two readings of the signals. */
const readEvery = 10;

/** @throws UsageError where nothing can be written there: said before the training, not after it */
function makeFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
    accessSync(out, constants.W_OK);
  } catch (thrown) {
    throw new UsageError(`--out cannot be the folder "${out}": ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

async function train({ preset, experiment, steps, backend, out }: TrainOptions): Promise<boolean> {
  makeFolder(out);
  const report = await chooseBackend(nodeStarters, backend);
  const stored = await loadDataset(experiment['data.set'], fileSource());
  const session = new Session(experiment, resizeDataset(stored, experiment['data.size']));
  writeFileSync(join(out, 'config.json'), `${JSON.stringify({ preset, steps, backend, experiment }, null, 2)}\n`);

  const history = createWriteStream(join(out, 'history.jsonl'));
  let last: Record<string, number> = {};
  let finite = true;
  const before = performance.now();
  for (let made = 0; made < steps && finite; ) {
    const batch = Math.min(readEvery, steps - made);
    for (let i = 0; i < batch; i++) session.advance('both');
    const { rows } = await session.read();
    for (let row = 0; row < batch; row++) {
      const values = rows.subarray(row * signals.length, (row + 1) * signals.length);
      last = Object.fromEntries(signals.map((signal, column) => [signal, values[column] as number]));
      finite &&= values.every(Number.isFinite);
      history.write(`${JSON.stringify({ step: made + row + 1, ...last })}\n`);
    }
    made += batch;
    process.stderr.write(`\rstep ${made} of ${steps}`);
  }
  const seconds = (performance.now() - before) / 1000;
  process.stderr.write('\n');
  await new Promise((done) => history.end(done));

  const sheet = await session.generated(experiment['ema.halfLife'] > 0);
  writeFileSync(join(out, 'samples.png'), sheetPng(sheet, session.dataset.size, session.dataset.channels));
  const hash = createHash('sha256');
  for (const values of await session.weights()) {
    finite &&= values.every(Number.isFinite);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const line = {
    preset,
    backend: report.chosen,
    seed: experiment['train.seed'],
    steps: session.step,
    seconds: Number(seconds.toFixed(3)),
    lossD: last.lossD,
    lossG: last.lossG,
    weightsHash: hash.digest('hex'),
  };
  console.log(JSON.stringify(line));
  session.dispose();
  return finite;
}

try {
  const options = parseOptions(process.argv.slice(2));
  const finite = await train(options);
  if (!finite) process.stderr.write('a loss, gradient or weight is not finite: see history.jsonl\n');
  process.exitCode = finite ? 0 : 1;
} catch (thrown) {
  if (thrown instanceof UsageError) process.stderr.write(`${thrown.message}\n${usage}\n`);
  else console.error(thrown);
  process.exitCode = thrown instanceof UsageError ? 2 : 1;
}
