/** Trains an experiment without a browser: `npm run train`. `scripts/train/options.ts` says how. */
import { createHash } from 'node:crypto';
import { accessSync, constants, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalIndex, signals, signalsOf } from '../src/config/signals.ts';
import { chooseBackend } from '../src/engine/backend/choose.ts';
import { nodeStarters } from '../src/engine/backend/node.ts';
import { isPlane, type PlaneSet } from '../src/engine/data/dataset.ts';
import { shapeOf } from '../src/engine/data/reals.ts';
import { measuredCount } from '../src/engine/metrics/plane.ts';
import { Session } from '../src/engine/session.ts';
import { dataOf } from './train/data.ts';
import { endMeasures } from './train/measures.ts';
import { npy } from './train/npy.ts';
import { parseOptions, type TrainOptions, UsageError, usage, wantsHelp } from './train/options.ts';
import { scatterPng } from './train/scatter.ts';
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

async function train(options: TrainOptions): Promise<boolean> {
  const {
    preset,
    experiment,
    steps,
    seconds: limit = Number.POSITIVE_INFINITY,
    threads,
    samples,
    backend,
    out,
  } = options;
  makeFolder(out);
  const report = await chooseBackend(nodeStarters, backend, threads === undefined ? {} : { threads });
  const dataset = await dataOf(experiment);
  const session = new Session(experiment, dataset);
  const { out: _, ...config } = options;
  writeFileSync(join(out, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);

  const history = createWriteStream(join(out, 'history.jsonl'));
  const recorded = signalsOf(experiment);
  let last: Record<string, number> = {};
  let finite = true;
  const before = performance.now();
  const elapsed = () => (performance.now() - before) / 1000;
  const goesOn = () => session.step < steps && (session.step === 0 || elapsed() < limit);
  while (goesOn() && finite) {
    for (let i = 0; i < readEvery && goesOn(); i++) session.advance('both');
    const { rows, count } = await session.read();
    for (let row = 0; row < count; row++) {
      const values = rows.subarray(row * signals.length, (row + 1) * signals.length);
      last = Object.fromEntries(recorded.map((signal) => [signal, values[signalIndex(signal)] as number]));
      finite &&= Object.values(last).every(Number.isFinite);
      history.write(`${JSON.stringify({ step: session.step - count + row + 1, ...last })}\n`);
    }
    const ofSteps = Number.isFinite(limit) ? `, ${elapsed().toFixed(0)} s of ${limit}` : ` of ${steps}`;
    process.stderr.write(`\rstep ${session.step}${ofSteps}`);
  }
  const seconds = elapsed();
  process.stderr.write('\n');
  await new Promise((done) => history.end(done));

  const averaged = experiment['ema.halfLife'] > 0;
  const picture = isPlane(dataset)
    ? await planePng(session, dataset, averaged)
    : sheetPng(await session.generated(averaged), dataset.size, dataset.channels);
  writeFileSync(join(out, 'samples.png'), picture);
  if (samples > 0) {
    const values = await session.samples(samples, averaged);
    writeFileSync(join(out, 'samples.npy'), npy(values, [samples, ...shapeOf(dataset)]));
  }
  const hash = createHash('sha256');
  for (const values of await session.weights()) {
    finite &&= values.every(Number.isFinite);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const line = {
    preset,
    backend: report.chosen,
    threads: report.wasm?.threads ?? 1,
    seed: experiment['train.seed'],
    steps: session.step,
    seconds: Number(seconds.toFixed(3)),
    lossD: last.lossD,
    lossG: last.lossG,
    ...(await endMeasures(session, averaged)),
    weightsHash: hash.digest('hex'),
  };
  console.log(JSON.stringify(line));
  session.dispose();
  return finite;
}

/** The samples over the held out points; of DiracGAN, where its two weights have been. */
async function planePng(session: Session, { heldOut }: PlaneSet, averaged: boolean): Promise<Uint8Array> {
  const seen = await session.plane(averaged, 'heldOut');
  if (seen.kind === 'dirac') return scatterPng(new Float32Array(), seen.trail);
  return scatterPng(heldOut.points, await session.samples(measuredCount, averaged));
}

const args = process.argv.slice(2);
try {
  if (wantsHelp(args)) {
    console.log(usage);
    process.exit(0);
  }
  const options = parseOptions(args);
  const finite = await train(options);
  if (!finite) process.stderr.write('a loss, gradient or weight is not finite: see history.jsonl\n');
  process.exitCode = finite ? 0 : 1;
} catch (thrown) {
  if (thrown instanceof UsageError) process.stderr.write(`${thrown.message}\n${usage}\n`);
  else console.error(thrown);
  process.exitCode = thrown instanceof UsageError ? 2 : 1;
}
