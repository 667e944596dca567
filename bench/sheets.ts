/**
 * `npm run bench -- sheets [--preset fashion] [--rounds 5] [--seconds 6] [--threads N]`: what reports and sample sheets cost.
 * In Node on WASM, by turns in one process: the trainer as the page runs it, past its first ten seconds, and bare steps
 * whose signals are read at the same beat. `share` is what the trainer loses, the median over the rounds.
 */

import { parseArgs } from 'node:util';
import { InlineEngine } from '../src/client/InlineEngine.ts';
import type { DatasetId } from '../src/config/datasets.ts';
import { experimentOf, presetOf } from '../src/config/presets.ts';
import { nodeStarters } from '../src/engine/backend/node.ts';
import { fileSource } from '../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../src/engine/data/load.ts';
import { resizeDataset } from '../src/engine/data/resize.ts';
import { Session } from '../src/engine/session.ts';
import type { Event } from '../src/worker/protocol.ts';
import { median, significant } from './engine/statistics.ts';
import { machine } from './page.ts';

const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'fashion' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    threads: { type: 'string' },
  },
});
if (values.threads) process.env.DUEL_THREADS = values.threads;
const forMs = 1000 * Number(values.seconds);
/** Of the trainer's run, from which on sheets may take as little as they may later. */
const settledSeconds = 11;
/** Milliseconds between two reads of the bare steps' signals: about the trainer's beat. */
const readEvery = 130;

const experiment = { ...experimentOf(presetOf(values.preset)), 'train.limit': 0 };
const load = async (id: Parameters<typeof loadDataset>[0], size: number) =>
  resizeDataset(await loadDataset(id, fileSource()), size);
const engine = new InlineEngine(load, nodeStarters);

function next<T extends Event['type']>(type: T, holds: (event: Extract<Event, { type: T }>) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = engine.listen((event) => {
      if (event.type === 'failed') reject(new Error(JSON.stringify(event.failure)));
      if (event.type !== type || !holds(event as Extract<Event, { type: T }>)) return;
      stop();
      resolve();
    });
  });
}

/** Steps a second of the trainer, from one report to another. */
async function trained(): Promise<number> {
  const reports: { at: number; step: number }[] = [];
  const stop = engine.listen((event) => {
    if (event.type === 'progress') reports.push({ at: performance.now(), step: event.step });
  });
  engine.send({ type: 'train', runId: 1 });
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const paused = next('state', ({ state }) => state === 'paused');
  stop();
  engine.send({ type: 'pause', runId: 1 });
  await paused;
  const [from, to] = [reports[0], reports.at(-1)];
  if (!from || !to || from === to) throw new Error('too few reports: more --seconds');
  return (1000 * (to.step - from.step)) / (to.at - from.at);
}

async function bare(session: Session): Promise<number> {
  const began = performance.now();
  const first = session.step;
  let read = began;
  while (performance.now() - began < forMs) {
    session.advance('both');
    if (performance.now() - read < readEvery) continue;
    await session.read();
    read = performance.now();
  }
  await session.read();
  return (1000 * (session.step - first)) / (performance.now() - began);
}

const prepared = next('prepared', () => true);
engine.send({ type: 'prepare', wanted: 'wasm' });
await prepared;
const idle = next('state', ({ state }) => state === 'idle');
engine.send({ type: 'create', runId: 1, experiment, view: { weights: 'ema', split: 'heldOut', slow: false } });
await idle;
const settled = next('progress', ({ seconds }) => seconds >= settledSeconds);
engine.send({ type: 'train', runId: 1 });
await settled;
const paused = next('state', ({ state }) => state === 'paused');
engine.send({ type: 'pause', runId: 1 });
await paused;

const session = new Session(experiment, await load(experiment['data.set'] as DatasetId, experiment['data.size']));
await bare(session);
const rounds = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const [withSheets, without] = [await trained(), await bare(session)];
  rounds.push({ trainer: significant(withSheets), bare: significant(without), share: 1 - withSheets / without });
}
const share = significant(median(rounds.map((round) => round.share)));
console.log(JSON.stringify({ bench: 'sheets', preset: values.preset, ...machine, share, rounds }, null, 2));
engine.close();
process.exit(0);
