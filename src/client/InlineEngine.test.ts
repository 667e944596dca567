import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Change, Experiment } from '../config/experiment.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { signalIndex, signals } from '../config/signals.ts';
import { nodeStarters } from '../engine/backend/node.ts';
import type { Dataset } from '../engine/data/dataset.ts';
import { fileSource } from '../engine/data/fileSource.node.ts';
import { loadDataset } from '../engine/data/load.ts';
import { resizeDataset } from '../engine/data/resize.ts';
import type { DataSource } from '../engine/data/source.ts';
import type { Sheet, View } from '../worker/protocol.ts';
import type { TrainerHost } from '../worker/trainer.ts';
import { InlineEngine } from './InlineEngine.ts';
import { Recorder } from './testing.ts';

/** The real digits, the real backend, the real trainer; only the thread is missing. */
const files = fileSource();
const loadFrom =
  (source: DataSource): TrainerHost['load'] =>
  async (id, size, onProgress, signal) =>
    resizeDataset(await loadDataset(id, source, onProgress, signal), size);

// These are real runs, on whatever machine there is.
vi.setConfig({ testTimeout: 90_000 });

const known = new Map<string, Promise<Dataset>>();
/** Unpacks and resizes a set once for all tests of this file. */
const loadOnce: TrainerHost['load'] = (id, size, onProgress, signal) => {
  const key = `${id} ${size}`;
  const dataset = known.get(key) ?? loadFrom(files)(id, size, onProgress, signal);
  known.set(key, dataset);
  return dataset;
};

const tiny = (change: Change = {}): Experiment => ({
  ...experimentOf(presetOf('tiny')),
  'train.limit': 0,
  'model.widthG': 4,
  'model.widthD': 4,
  'train.batch': 4,
  ...change,
});
const quiet: View = { weights: 'raw', split: 'heldOut', slow: false };

const open: InlineEngine[] = [];
afterEach(async () => {
  for (const engine of open.splice(0)) engine.close();
  // Closing ends the run after its last step; what follows counts tensors.
  await new Promise((resolve) => setTimeout(resolve, 300));
});

function start(load: TrainerHost['load'] = loadOnce) {
  const engine = new InlineEngine(load, nodeStarters);
  open.push(engine);
  return { engine, recorder: new Recorder(engine) };
}

async function built(change: Change = {}, view: View = quiet, runId = 1) {
  const { engine, recorder } = start();
  engine.send({ type: 'create', runId, experiment: tiny(change), view });
  await recorder.untilState('idle');
  return { engine, recorder, runId };
}

const column = (rows: Float32Array, row: number, signal: (typeof signals)[number]) =>
  rows[row * signals.length + signalIndex(signal)] as number;

const stepsReported = (recorder: Recorder) =>
  recorder.of('progress').flatMap(({ step, count }) => Array.from({ length: count }, (_, i) => step - count + 1 + i));

beforeAll(async () => {
  const { engine, recorder } = start();
  engine.send({ type: 'prepare', wanted: 'wasm' });
  const event = await recorder.until(({ type }) => type === 'prepared' || type === 'failed');
  expect(event).toMatchObject({ type: 'prepared', report: { chosen: 'wasm', wanted: 'wasm' } });
}, 60_000);

describe('a run', () => {
  test('is prepared, loaded, built and shown before it is idle', async () => {
    const { engine, recorder } = start(loadFrom(files));
    engine.send({ type: 'create', runId: 3, experiment: tiny(), view: { ...quiet, split: 'training' } });
    await recorder.untilState('idle');

    expect(recorder.events.every((event) => 'runId' in event && event.runId === 3)).toBe(true);
    const kinds = recorder.events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
    expect(kinds).toEqual(['state', 'loading', 'ready', 'samples', 'state']);
    expect(recorder.states).toEqual(['preparing', 'idle']);

    const loading = recorder.of('loading');
    expect(loading[0]?.loaded).toBe(0);
    expect(loading.at(-1)?.loaded).toBe(594_325);
    expect(new Set(loading.map(({ total }) => total))).toEqual(new Set([594_325]));

    const [{ facts } = { facts: undefined }] = recorder.of('ready');
    expect(facts).toMatchObject({ train: 4500, heldOut: 500, imageSize: 16, channels: 1 });
    expect(facts?.classes).toHaveLength(10);

    const [generated, real] = recorder.of('samples').map(({ sheet }) => sheet) as [Sheet, Sheet];
    expect(generated).toMatchObject({ side: 'generated', step: 0, weights: 'raw', count: 64, size: 16, channels: 1 });
    expect(real).toMatchObject({ side: 'real', step: 0, split: 'training', count: 64, size: 16, channels: 1 });
    for (const { pixels, opinions } of [generated, real]) {
      expect(pixels).toHaveLength(64 * 16 * 16);
      expect(opinions).toHaveLength(64);
      expect(opinions.every((opinion) => opinion > 0 && opinion < 1)).toBe(true);
    }
    const dataset = await loadOnce('digits', 16, () => {}, new AbortController().signal);
    expect(real.pixels).toEqual(dataset.train.pixels.slice(0, 64 * 16 * 16));
    expect(real.labels).toEqual(dataset.train.labels.slice(0, 64));
  });

  test('reports every step once, in order, with finite signals of both networks', async () => {
    const { engine, recorder, runId } = await built({ 'train.limit': 30 });
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished');
    expect(stepsReported(recorder)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    for (const { rows, count } of recorder.of('progress')) {
      expect(rows).toHaveLength(count * signals.length);
      expect(rows.every(Number.isFinite)).toBe(true);
      for (let row = 0; row < count; row++) {
        for (const signal of ['dReal', 'dFake'] as const) {
          expect(column(rows, row, signal)).toBeGreaterThan(0);
          expect(column(rows, row, signal)).toBeLessThan(1);
        }
        for (const signal of ['gradD', 'gradG'] as const) expect(column(rows, row, signal)).toBeGreaterThan(0);
      }
    }
    const figures = recorder.of('progress').at(-1);
    expect(figures?.epoch).toBeCloseTo((30 * 4) / 4500, 10);
    expect(figures?.seconds).toBeGreaterThan(0);
    expect(figures?.imagesPerSecond).toBeCloseTo((figures?.stepsPerSecond ?? 0) * 4, 6);
    expect(recorder.of('samples').filter(({ sheet }) => sheet.step === 30 && sheet.side === 'generated')).toHaveLength(
      1,
    );
  });

  test('stops at its limit, stays there, and goes on when the limit is raised', async () => {
    const { engine, recorder, runId } = await built({ 'train.limit': 10 });
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished');
    const from = recorder.events.length;
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished', from);
    expect(stepsReported(recorder)).toHaveLength(10);

    engine.send({ type: 'apply', runId, change: { 'train.limit': 20 } });
    await recorder.untilState('paused', from);
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished', recorder.events.length);
    expect(stepsReported(recorder)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('pauses within the step under way, and shows what it has made', async () => {
    const { engine, recorder, runId } = await built();
    engine.send({ type: 'train', runId });
    await recorder.until((event) => event.type === 'progress' && event.step >= 5);
    const from = recorder.events.length;
    engine.send({ type: 'pause', runId });
    // The state is there at once; the report of the steps already made, and the sheets, may follow.
    expect(recorder.states.at(-1)).toBe('paused');
    await recorder.until((event) => event.type === 'samples' && event.sheet.side === 'real', from);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const last = stepsReported(recorder).at(-1) as number;
    expect(recorder.of('samples').at(-1)?.sheet.step).toBe(last);
    expect(recorder.states).toEqual(['preparing', 'idle', 'training', 'paused']);

    engine.send({ type: 'step', runId, which: 'both' });
    await recorder.until((event) => event.type === 'progress' && event.step > last);
    // Exactly one more: nothing had gone on behind the pause.
    expect(stepsReported(recorder).at(-1)).toBe(last + 1);
  });

  test('pause, train, pause and train again, however fast they follow, end in training', async () => {
    const { engine, recorder, runId } = await built();
    engine.send({ type: 'train', runId });
    await recorder.until((event) => event.type === 'progress');
    for (let round = 0; round < 3; round++) {
      const from = recorder.events.length;
      engine.send({ type: 'pause', runId });
      // Its last generated sheet is out, its real one still being drawn.
      await recorder.until((event) => event.type === 'samples' && event.sheet.side === 'generated', from);
      engine.send({ type: 'train', runId });
      const reported = stepsReported(recorder).length;
      await recorder.until(() => stepsReported(recorder).length > reported, from);
    }
    const steps = stepsReported(recorder);
    expect(steps).toEqual(steps.map((_, i) => i + 1));
  });

  test.each([
    ['just before', 0],
    ['while its sheets are drawn before', 1],
  ])('a step pressed %s Train does not stop it', async (_when, progress) => {
    const { engine, recorder, runId } = await built({ 'train.limit': 20 });
    engine.send({ type: 'step', runId, which: 'both' });
    if (progress) await recorder.until(({ type }) => type === 'progress');
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished');
    expect(stepsReported(recorder)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(recorder.states).toEqual(['preparing', 'idle', 'training', 'finished']);
  });

  test('commands for a run that is not there do nothing', async () => {
    const { engine, recorder } = await built();
    const before = recorder.events.length;
    engine.send({ type: 'train', runId: 99 });
    engine.send({ type: 'step', runId: 99, which: 'both' });
    engine.send({ type: 'apply', runId: 99, change: { 'data.size': 28 } });
    engine.send({ type: 'view', runId: 99, view: { ...quiet, weights: 'ema' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(recorder.events).toHaveLength(before);
  });
});

describe('single steps', () => {
  test.each([
    ['D', ['lossD', 'dReal', 'dFake', 'gradD'], ['lossG', 'gradG']],
    ['G', ['lossG', 'gradG'], ['lossD', 'dReal', 'dFake', 'gradD']],
    ['both', [...signals], []],
  ] as const)('%s only moves what it says', async (which, moved, still) => {
    const { engine, recorder, runId } = await built();
    const before = recorder.of('samples').find(({ sheet }) => sheet.side === 'generated')?.sheet;
    engine.send({ type: 'step', runId, which });
    await recorder.untilState('paused');
    const [{ rows, step, count } = { rows: new Float32Array(), step: 0, count: 0 }] = recorder.of('progress');
    expect([step, count]).toEqual([1, 1]);
    for (const signal of moved) expect(column(rows, 0, signal)).toSatisfy(Number.isFinite);
    for (const signal of still) expect(column(rows, 0, signal)).toBeNaN();

    const after = recorder.of('samples').findLast(({ sheet }) => sheet.side === 'generated')?.sheet;
    expect(after?.step).toBe(1);
    if (which === 'D') {
      // G stood still: the same images, seen with other eyes.
      expect(after?.pixels).toEqual(before?.pixels);
      expect(after?.opinions).not.toEqual(before?.opinions);
    } else {
      expect(after?.pixels).not.toEqual(before?.pixels);
    }
  });

  test('several, pressed before the first is done, are all made', async () => {
    const { engine, recorder, runId } = await built();
    for (const which of ['D', 'G', 'both'] as const) engine.send({ type: 'step', runId, which });
    await recorder.until((event) => event.type === 'samples' && event.sheet.step === 3 && event.sheet.side === 'real');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stepsReported(recorder)).toEqual([1, 2, 3]);
    expect(recorder.states.at(-1)).toBe('paused');
  });
});

describe('the same seed', () => {
  test('gives the same run again after a reset; another seed another one', async () => {
    const { engine, recorder } = start();
    const signalsOf = async (runId: number, seed: number) => {
      engine.send({ type: 'create', runId, experiment: tiny({ 'train.limit': 10, 'train.seed': seed }), view: quiet });
      await recorder.until((event) => event.type === 'state' && event.runId === runId && event.state === 'idle');
      engine.send({ type: 'train', runId });
      await recorder.until((event) => event.type === 'state' && event.runId === runId && event.state === 'finished');
      return recorder.of('progress').flatMap((event) => (event.runId === runId ? [...event.rows] : []));
    };
    const first = await signalsOf(1, 7);
    expect(first).toHaveLength(10 * signals.length);
    expect(await signalsOf(2, 7)).toEqual(first);
    expect(await signalsOf(3, 8)).not.toEqual(first);
  });
});

describe('changes', () => {
  test('a live one takes effect at the next step', async () => {
    const { engine, recorder, runId } = await built({ 'g.optimiser': 'sgd', 'd.optimiser': 'sgd' });
    engine.send({ type: 'apply', runId, change: { 'train.batch': 8, 'train.stepsD': 3 } });
    engine.send({ type: 'step', runId, which: 'D' });
    await recorder.untilState('paused');
    expect(recorder.of('progress')[0]?.epoch).toBeCloseTo((8 * 3) / 4500, 10);
    expect(recorder.of('failed')).toEqual([]);
  });

  test('a learning rate of the next step is the new one', async () => {
    const stepAt = async (lr: number | undefined) => {
      const { engine, recorder, runId } = await built({ 'g.lr': 1e-3 });
      if (lr !== undefined) engine.send({ type: 'apply', runId, change: { 'g.lr': lr } });
      engine.send({ type: 'step', runId, which: 'G' });
      await recorder.untilState('paused');
      return recorder.of('samples').findLast(({ sheet }) => sheet.side === 'generated')?.sheet.pixels;
    };
    const asBefore = await stepAt(undefined);
    expect(await stepAt(1e-3)).toEqual(asBefore);
    expect(await stepAt(0.1)).not.toEqual(asBefore);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['one that needs a new run', { 'data.size': 28 }, 'data.size'],
    ['one out of range', { 'g.lr': 5 }, 'g.lr'],
    ['NaN', { 'd.lr': Number.NaN }, 'd.lr'],
    ['an unknown one', { 'g.momentum': 0.9 }, 'g.momentum'],
  ])('%s is refused by name, and the run goes on', async (_what, change, setting) => {
    const { engine, recorder, runId } = await built();
    engine.send({ type: 'apply', runId, change: { 'train.stepsD': 2, ...change } as Change });
    const event = await recorder.until(({ type }) => type === 'failed');
    expect(event).toMatchObject({ runId, fatal: false, failure: { code: 'experiment-invalid', detail: { setting } } });
    engine.send({ type: 'step', runId, which: 'both' });
    await recorder.untilState('paused');
    // Nothing of the refused change was taken, not even its good half.
    expect(recorder.of('progress')[0]?.epoch).toBeCloseTo(4 / 4500, 10);
  });
});

describe('how it is watched', () => {
  test('another choice of weights or split is drawn anew, with nothing trained', async () => {
    const { engine, recorder, runId } = await built({ 'ema.halfLife': 50 });
    engine.send({ type: 'step', runId, which: 'both' });
    await recorder.untilState('paused');
    const from = recorder.events.length;
    engine.send({ type: 'view', runId, view: { weights: 'ema', split: 'training', slow: false } });
    await recorder.until((event) => event.type === 'samples' && event.sheet.side === 'real', from);
    const [generated, real] = recorder.of('samples').slice(-2);
    expect(generated?.sheet).toMatchObject({ side: 'generated', weights: 'ema', step: 1 });
    expect(real?.sheet).toMatchObject({ side: 'real', split: 'training', step: 1 });
    expect(stepsReported(recorder)).toEqual([1]);
  });

  test('slow motion shows D’s update, then G’s, and a pause does not wait for its rest', async () => {
    const { engine, recorder, runId } = await built({}, { ...quiet, slow: true });
    engine.send({ type: 'train', runId });
    await recorder.until((event) => event.type === 'phase' && event.phase === 'G');
    expect(recorder.of('phase').map(({ phase, step }) => [phase, step])).toEqual([
      ['D', 0],
      ['G', 1],
    ]);
    await recorder.until((event) => event.type === 'samples' && event.sheet.step === 1 && event.sheet.side === 'real');
    expect(stepsReported(recorder)).toEqual([1]);
    const [first] = recorder.of('progress');
    expect(first?.rows.every(Number.isFinite)).toBe(true);
    engine.send({ type: 'pause', runId });
    const from = recorder.events.length;
    engine.send({ type: 'view', runId, view: quiet });
    engine.send({ type: 'step', runId, which: 'both' });
    await recorder.until((event) => event.type === 'progress' && event.step === 2, from);
  });

  test('slow motion and full speed train the same networks', async () => {
    const sheetAfter = async (slow: boolean) => {
      const { engine, recorder, runId } = await built({ 'train.limit': 10 }, { ...quiet, slow });
      engine.send({ type: 'train', runId });
      if (slow) {
        await recorder.until((event) => event.type === 'phase' && event.phase === 'D' && event.step === 1);
        // Halfway through its second step the motion is let go.
        engine.send({ type: 'view', runId, view: quiet });
      }
      await recorder.untilState('finished');
      expect(stepsReported(recorder)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
      return recorder.of('samples').findLast(({ sheet }) => sheet.side === 'generated')?.sheet.pixels;
    };
    expect(await sheetAfter(true)).toEqual(await sheetAfter(false));
  });
});

describe('what goes wrong', () => {
  const tampered =
    (change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): DataSource =>
    async (path, onProgress, signal) => {
      const bytes = await files(path, onProgress, signal);
      return path.endsWith('.bin') ? change(bytes) : bytes;
    };

  test.each<[string, DataSource]>([
    ['data-truncated', tampered((bytes) => bytes.slice(0, -1))],
    [
      'data-damaged',
      tampered((bytes) => {
        bytes[1000] = (bytes[1000] as number) ^ 1;
        return bytes;
      }),
    ],
    ['data-missing', fileSource(new URL('file:///nowhere/'))],
  ])('%s ends that run only: the next one loads and trains', async (code, source) => {
    let broken = true;
    const { engine, recorder } = start((...args) => loadFrom(broken ? source : files)(...args));
    engine.send({ type: 'create', runId: 1, experiment: tiny(), view: quiet });
    const event = await recorder.until(({ type }) => type === 'failed');
    expect(event).toMatchObject({ runId: 1, fatal: true, failure: { code } });
    expect(recorder.of('ready')).toEqual([]);
    engine.send({ type: 'train', runId: 1 });

    broken = false;
    engine.send({ type: 'create', runId: 2, experiment: tiny(), view: quiet });
    await recorder.untilState('idle');
    engine.send({ type: 'step', runId: 2, which: 'both' });
    await recorder.untilState('paused');
    expect(recorder.of('progress').map(({ runId, step }) => [runId, step])).toEqual([[2, 1]]);
  });

  test('numbers that blow up stop the run by name, at the step and signal where it began', async () => {
    // Plain gradient descent at the highest rate on a wide net without norms.
    const { engine, recorder, runId } = await built({
      'model.family': 'mlp',
      'data.size': 64,
      'model.latent': 64,
      'model.widthG': 32,
      'model.widthD': 32,
      'train.batch': 8,
      'g.optimiser': 'sgd',
      'd.optimiser': 'sgd',
      'g.lr': 0.1,
      'd.lr': 0.1,
    });
    engine.send({ type: 'train', runId });
    const event = await recorder.until(({ type }) => type === 'failed');
    expect(event).toMatchObject({ runId, fatal: true, failure: { code: 'not-finite' } });
    const { step, signal } = (event as Extract<typeof event, { type: 'failed' }>).failure.detail;
    expect(signals).toContain(signal);

    // The rows up to the named step arrived, and only that step is the first bad one.
    const rows = recorder.of('progress').flatMap((progress) => [...progress.rows]);
    const finiteAt = (at: number) => rows.slice((at - 1) * signals.length, at * signals.length).every(Number.isFinite);
    expect(finiteAt(Number(step))).toBe(false);
    for (let earlier = 1; earlier < Number(step); earlier++) expect(finiteAt(earlier)).toBe(true);

    // It does not go on by itself or when told to; a reset does.
    const from = recorder.events.length;
    engine.send({ type: 'train', runId });
    engine.send({ type: 'step', runId, which: 'both' });
    engine.send({ type: 'create', runId: 2, experiment: tiny(), view: quiet });
    await recorder.untilState('idle', from);
    expect(recorder.events.slice(from).every((later) => 'runId' in later && later.runId === 2)).toBe(true);
  });

  test('a later run wins over one that is still loading, which then says nothing more', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const { engine, recorder } = start(async (id, size, onProgress, signal) => {
      if (asked++ > 0) return loadOnce(id, size, onProgress, signal);
      onProgress(0, 100);
      await gate;
      onProgress(50, 100);
      signal.throwIfAborted();
      throw new Error('the first load was not broken off');
    });
    engine.send({ type: 'create', runId: 1, experiment: tiny(), view: quiet });
    await recorder.until(({ type }) => type === 'loading');
    engine.send({ type: 'create', runId: 2, experiment: tiny(), view: quiet });
    engine.send({ type: 'train', runId: 1 });
    const from = recorder.events.length;
    release();
    await recorder.untilState('idle');
    expect(recorder.events.slice(from).every((event) => 'runId' in event && event.runId === 2)).toBe(true);
    expect(recorder.of('failed')).toEqual([]);
  });

  test('a run replaced while it trains says nothing that the new one could be taken for', async () => {
    const { engine, recorder } = await built();
    engine.send({ type: 'train', runId: 1 });
    await recorder.until(({ type }) => type === 'progress');
    engine.send({ type: 'create', runId: 2, experiment: tiny(), view: quiet });
    await recorder.until((event) => event.type === 'state' && event.runId === 2 && event.state === 'idle');
    const built2 = recorder.events.findIndex((event) => event.type === 'state' && event.runId === 2);
    expect(recorder.events.slice(built2).every((event) => 'runId' in event && event.runId === 2)).toBe(true);
  });
});

describe('memory', () => {
  test('a run that ends leaves no tensor behind, however it was left', async () => {
    const before = tf.memory().numTensors;
    const { engine, recorder } = start();
    const create = (runId: number, change: Change, view: View) => {
      engine.send({ type: 'create', runId, experiment: tiny(change), view });
      return recorder.until((event) => event.type === 'state' && event.runId === runId && event.state === 'idle');
    };
    // In the middle of training.
    await create(1, { 'ema.halfLife': 10 }, { ...quiet, weights: 'ema' });
    engine.send({ type: 'train', runId: 1 });
    await recorder.until(({ type }) => type === 'progress');
    // Halfway through a step of slow motion.
    await create(2, { 'model.dropoutD': 0.3 }, { ...quiet, slow: true });
    engine.send({ type: 'train', runId: 2 });
    await recorder.until((event) => event.type === 'phase' && event.phase === 'D');
    // After single steps of each side, with plain gradient descent.
    await create(3, { 'g.optimiser': 'sgd', 'd.optimiser': 'sgd' }, quiet);
    engine.send({ type: 'step', runId: 3, which: 'D' });
    engine.send({ type: 'step', runId: 3, which: 'G' });
    await recorder.until((event) => event.type === 'samples' && event.sheet.step === 2 && event.sheet.side === 'real');
    engine.send({ type: 'dispose', runId: 3 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('tensors and bytes are the same after many steps as after few', async () => {
    const { engine, recorder, runId } = await built(
      { 'train.limit': 120, 'ema.halfLife': 10 },
      { ...quiet, weights: 'ema' },
    );
    engine.send({ type: 'train', runId });
    await recorder.untilState('finished');
    const progress = recorder.of('progress');
    const early = progress.find(({ step }) => step >= 20);
    const late = progress.at(-1);
    expect(late?.step).toBe(120);
    expect(early?.step).toBeLessThan(100);
    expect([late?.tensors, late?.bytes]).toEqual([early?.tensors, early?.bytes]);
  });
});
