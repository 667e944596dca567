import { describe, expect, test } from 'vitest';
import { signals } from '../config/signals.ts';
import type { Sheet } from '../worker/protocol.ts';
import {
  built,
  column,
  files,
  loadFrom,
  loadOnce,
  quiet,
  start,
  stepsReported,
  tiny,
  withInlineEngine,
} from './inlineTesting.ts';

withInlineEngine();

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
    ['D', ['lossD', 'dReal', 'dFake', 'gradD', 'penalty', 'augmentP'], ['lossG', 'gradG']],
    ['G', ['lossG', 'gradG'], ['lossD', 'dReal', 'dFake', 'gradD', 'penalty', 'augmentP']],
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
