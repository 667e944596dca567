import { describe, expect, test } from 'vitest';
import { signals } from '../config/signals.ts';
import { fileSource } from '../engine/data/fileSource.node.ts';
import type { DataSource } from '../engine/data/source.ts';
import { built, files, loadFrom, loadOnce, quiet, start, tiny, withInlineEngine } from './inlineTesting.ts';

withInlineEngine();

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
