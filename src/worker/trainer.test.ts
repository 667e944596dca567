import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BackendReport } from '../config/backends.ts';
import { DuelError } from '../config/errors.ts';
import type { Change } from '../config/experiment.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { signals } from '../config/signals.ts';
import { chooseBackend } from '../engine/backend/choose.ts';
import { nodeStarters } from '../engine/backend/node.ts';
import type { Threaded } from '../engine/backend/threads.ts';
import { fileSource } from '../engine/data/fileSource.node.ts';
import { loadDataset } from '../engine/data/load.ts';
import { resizeDataset } from '../engine/data/resize.ts';
import { Session } from '../engine/session.ts';
import { breathe } from './breathe.ts';
import { dispatcher } from './dispatch.ts';
import type { Command, Event } from './protocol.ts';
import { Trainer } from './trainer.ts';

/** What the client tests cannot reach: a lost device, and a backend that does not start. */

const report: BackendReport = { chosen: 'wasm', adapter: '', candidates: [] };

function start(prepare: () => Promise<BackendReport> = async () => report) {
  const events: Event[] = [];
  const emit = (event: Event) => events.push(event);
  const trainer = new Trainer({
    emit,
    breathe,
    load: async (id, size, onProgress, signal) =>
      resizeDataset(await loadDataset(id, fileSource(), onProgress, signal), size),
  });
  const send: (command: Command) => void = dispatcher(trainer, emit, prepare);
  const until = async (wanted: (event: Event) => boolean) => {
    while (!events.some(wanted)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { events, trainer, send, until };
}

beforeAll(async () => {
  await chooseBackend(nodeStarters, 'wasm');
}, 60_000);

const experiment = { ...experimentOf(presetOf('tiny')), 'train.limit': 0 };
const view = { weights: 'raw', split: 'heldOut', slow: false } as const;

describe('a lost device', () => {
  test('ends the run by name, and nothing of it goes on or can be told to', async () => {
    const { events, trainer, send, until } = start();
    send({ type: 'create', runId: 4, experiment, view });
    await until((event) => event.type === 'state' && event.state === 'idle');
    send({ type: 'train', runId: 4 });
    await until((event) => event.type === 'progress' && event.step >= 3);
    trainer.fail(new DuelError('device-lost', { backend: 'webgpu', message: '' }));
    expect(events.at(-1)).toEqual({
      type: 'failed',
      runId: 4,
      failure: { code: 'device-lost', detail: { backend: 'webgpu', message: '' } },
      fatal: true,
    });
    // The step under way may still report.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const ended = events.length;
    send({ type: 'train', runId: 4 });
    send({ type: 'step', runId: 4, which: 'both' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(events).toHaveLength(ended);

    send({ type: 'create', runId: 5, experiment, view });
    await until((event) => event.type === 'state' && event.runId === 5 && event.state === 'idle');
    await trainer.dispose();
  }, 60_000);
});

describe('a device that answers late', () => {
  /** Milliseconds until an answer. */
  const late = 60;
  let underWay = 0;
  let stepsMeanwhile = 0;

  /** Holds every answer back, as a GPU does that is still at work, and counts the steps made in the meantime. */
  beforeEach(() => {
    underWay = stepsMeanwhile = 0;
    const backend = tf.backend() as tf.KernelBackend & { read(id: object): Promise<tf.BackendValues> };
    const { read } = backend;
    vi.spyOn(backend, 'read').mockImplementation(async (id: object) => {
      // What was there when it was asked for.
      const values = (await read.call(backend, id)).slice();
      underWay++;
      await new Promise((resolve) => setTimeout(resolve, late));
      underWay--;
      return values;
    });
    const { advance } = Session.prototype;
    vi.spyOn(Session.prototype, 'advance').mockImplementation(function (this: Session, which) {
      if (underWay > 0) stepsMeanwhile++;
      return advance.call(this, which);
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const stepsOf = (events: readonly Event[]) =>
    events.flatMap((event) =>
      event.type === 'progress' ? Array.from({ length: event.count }, (_, i) => event.step - event.count + 1 + i) : [],
    );

  async function built(change: Change = {}) {
    const engine = start();
    engine.send({ type: 'create', runId: 1, experiment: { ...experiment, ...change }, view });
    await engine.until((event) => event.type === 'state' && event.state === 'idle');
    return engine;
  }

  test('is not waited for: steps are made meanwhile, and every one is reported once and in order', async () => {
    const { events, trainer, send, until } = await built({ 'train.limit': 60 });
    send({ type: 'train', runId: 1 });
    await until((event) => event.type === 'state' && event.state === 'finished');
    expect(stepsOf(events)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    // Whoever waited would make none; a busy machine makes fewer than an idle one.
    expect(stepsMeanwhile).toBeGreaterThan(10);
    // Finished means that all has been said: the last report, then the sheets of the last step.
    const said = events.slice(-4).map((event) => [event.type, 'sheet' in event ? event.sheet.step : undefined]);
    expect(said.slice(1)).toEqual([
      ['samples', 60],
      ['samples', 60],
      ['state', undefined],
    ]);
    expect(said[0]?.[0]).toBe('progress');
    await trainer.dispose();
  });

  test('a pause is answered at once; then come the report of the last step and its sheets, and nothing more', async () => {
    const { events, trainer, send, until } = await built();
    send({ type: 'train', runId: 1 });
    await until((event) => event.type === 'progress' && event.step >= 10);
    send({ type: 'pause', runId: 1 });
    expect(events.at(-1)).toEqual({ type: 'state', runId: 1, state: 'paused' });
    const from = events.length;
    const isLast = (event: Event) => event.type === 'samples' && event.sheet.side === 'real';
    await until((event) => isLast(event) && events.indexOf(event) >= from);
    await new Promise((resolve) => setTimeout(resolve, 5 * late));
    const steps = stepsOf(events);
    expect(steps).toEqual(steps.map((_, i) => i + 1));
    const last = events.at(-1) as Extract<Event, { type: 'samples' }>;
    expect([last.type, last.sheet.side, last.sheet.step]).toEqual(['samples', 'real', steps.length]);
    await trainer.dispose();
  });

  test('gives the very losses and sheets that a quick one gives', async () => {
    const outcome = async () => {
      const { events, trainer, send, until } = await built({ 'train.limit': 30 });
      send({ type: 'train', runId: 1 });
      await until((event) => event.type === 'state' && event.state === 'finished');
      await trainer.dispose();
      const rows = events.flatMap((event) => (event.type === 'progress' ? [...event.rows] : []));
      const sheets = events.flatMap((event) => (event.type === 'samples' ? [event.sheet] : []));
      return { rows, sheets: sheets.filter(({ step }) => step === 0 || step === 30) };
    };
    const slow = await outcome();
    vi.restoreAllMocks();
    expect(slow).toEqual(await outcome());
  });

  test('a number that is not finite ends the run at the step that made it, though more have been made since', async () => {
    const { read } = Session.prototype;
    let reads = 0;
    let badRead = 0;
    vi.spyOn(Session.prototype, 'read').mockImplementation(async function (this: Session) {
      const answer = await read.call(this);
      // The second row of a report from the fourth on: the first that has one, as a busy machine reports single steps.
      if (++reads >= 4 && answer.count > 1 && badRead === 0) {
        badRead = reads;
        answer.rows[signals.length] = Number.NaN;
      }
      return answer;
    });
    const { events, trainer, send, until } = await built();
    send({ type: 'train', runId: 1 });
    await until(({ type }) => type === 'failed');
    const reports = events.filter((event) => event.type === 'progress');
    expect(reports).toHaveLength(badRead);
    const bad = reports.at(-1) as (typeof reports)[number];
    expect(bad.count).toBeGreaterThan(1);
    expect(events.at(-1)).toMatchObject({
      type: 'failed',
      fatal: true,
      failure: { code: 'not-finite', detail: { step: bad.step - bad.count + 2, signal: signals[0] } },
    });
    const ended = events.length;
    await new Promise((resolve) => setTimeout(resolve, 5 * late));
    expect(events).toHaveLength(ended);
    await trainer.dispose();
  });
});

test('a run starts with the threads that an earlier one has lost', async () => {
  const backend = tf.backend() as Threaded;
  const { renewThreads } = backend;
  const { events, trainer, send, until } = start();
  backend.renewThreads = vi.fn(async () => {
    expect(events.some(({ type }) => type === 'ready')).toBe(false);
  });
  send({ type: 'create', runId: 1, experiment, view });
  await until((event) => event.type === 'state' && event.state === 'idle');
  expect(backend.renewThreads).toHaveBeenCalledOnce();
  Object.assign(backend, { renewThreads });
  await trainer.dispose();
});

describe('prepare', () => {
  test('tells which backend runs', async () => {
    const { events, send, until } = start();
    send({ type: 'prepare' });
    await until(({ type }) => type === 'prepared');
    expect(events).toEqual([{ type: 'prepared', report }]);
  });

  test('that fails is an engine that cannot go on, by name; the next may go well', async () => {
    let broken = true;
    const { events, send, until } = start(async () => {
      if (broken) throw new DuelError('backend-none');
      return report;
    });
    send({ type: 'prepare' });
    await until(({ type }) => type === 'failed');
    expect(events).toEqual([{ type: 'failed', failure: { code: 'backend-none', detail: {} }, fatal: true }]);
    broken = false;
    send({ type: 'prepare' });
    await until(({ type }) => type === 'prepared');
  });
});
