import { beforeAll, describe, expect, test } from 'vitest';
import type { BackendReport } from '../config/backends.ts';
import { DuelError } from '../config/errors.ts';
import { experimentOf, presetOf } from '../config/presets.ts';
import { chooseBackend } from '../engine/backend/choose.ts';
import { nodeStarters } from '../engine/backend/node.ts';
import { fileSource } from '../engine/data/fileSource.node.ts';
import { loadDataset } from '../engine/data/load.ts';
import { resizeDataset } from '../engine/data/resize.ts';
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
