/** Shared by the inline engine's tests: the real digits, the real backend, the real trainer; only the thread is missing. */
import { afterEach, beforeAll, expect, vi } from 'vitest';
import type { Change, Experiment } from '../config/experiment.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { signalIndex, signals } from '../config/signals.ts';
import { nodeStarters } from '../engine/backend/node.ts';
import type { Dataset } from '../engine/data/dataset.ts';
import { fileSource } from '../engine/data/fileSource.node.ts';
import { loadDataset } from '../engine/data/load.ts';
import { resizeDataset } from '../engine/data/resize.ts';
import type { DataSource } from '../engine/data/source.ts';
import type { View } from '../worker/protocol.ts';
import type { TrainerHost } from '../worker/trainer.ts';
import { InlineEngine } from './InlineEngine.ts';
import { Recorder } from './testing.ts';

export const files = fileSource();
export const loadFrom =
  (source: DataSource): TrainerHost['load'] =>
  async (id, size, onProgress, signal) =>
    resizeDataset(await loadDataset(id, source, onProgress, signal), size);

const known = new Map<string, Promise<Dataset>>();
/** Unpacks and resizes a set once for all tests of this file. */
export const loadOnce: TrainerHost['load'] = (id, size, onProgress, signal) => {
  const key = `${id} ${size}`;
  const dataset = known.get(key) ?? loadFrom(files)(id, size, onProgress, signal);
  known.set(key, dataset);
  return dataset;
};

export const tiny = (change: Change = {}): Experiment => ({
  ...experimentOf(presetOf('tiny')),
  'train.limit': 0,
  'model.widthG': 4,
  'model.widthD': 4,
  'train.batch': 4,
  ...change,
});
export const quiet: View = { weights: 'raw', split: 'heldOut', slow: false };

const open: InlineEngine[] = [];

export function start(load: TrainerHost['load'] = loadOnce) {
  const engine = new InlineEngine(load, nodeStarters);
  open.push(engine);
  return { engine, recorder: new Recorder(engine) };
}

export async function built(change: Change = {}, view: View = quiet, runId = 1) {
  const { engine, recorder } = start();
  engine.send({ type: 'create', runId, experiment: tiny(change), view });
  await recorder.untilState('idle');
  return { engine, recorder, runId };
}

export const column = (rows: Float32Array, row: number, signal: (typeof signals)[number]) =>
  rows[row * signals.length + signalIndex(signal)] as number;

export const stepsReported = (recorder: Recorder) =>
  recorder.of('progress').flatMap(({ step, count }) => Array.from({ length: count }, (_, i) => step - count + 1 + i));

/** Of every file: starts the backend, and closes each test's engines after it. */
export function withInlineEngine(): void {
  // These are real runs, on whatever machine there is.
  vi.setConfig({ testTimeout: 90_000 });

  beforeAll(async () => {
    const { engine, recorder } = start();
    engine.send({ type: 'prepare', wanted: 'wasm' });
    const event = await recorder.until(({ type }) => type === 'prepared' || type === 'failed');
    expect(event).toMatchObject({ type: 'prepared', report: { chosen: 'wasm', wanted: 'wasm' } });
  }, 60_000);

  afterEach(async () => {
    for (const engine of open.splice(0)) engine.close();
    // Closing ends the run after its last step; what follows counts tensors.
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
}
