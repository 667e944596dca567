import { describe, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import { built, quiet, stepsReported, withInlineEngine } from './inlineTesting.ts';

withInlineEngine();

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

  test('truncation is drawn anew where a run stands still, and the tables of styles come when asked for', async () => {
    const { engine, recorder, runId } = await built({ 'model.family': 'style' });
    const from = recorder.events.length;
    engine.send({ type: 'apply', runId, change: { 'model.psi': 0 } });
    await recorder.until((event) => event.type === 'samples' && event.sheet.side === 'real', from);
    const sheet = recorder.of('samples').findLast((event) => event.sheet.side === 'generated')?.sheet;
    const each = (sheet?.pixels.length ?? 0) / (sheet?.count ?? 1);
    expect(sheet?.pixels.slice(each)).toEqual(sheet?.pixels.slice(0, -each));
    engine.send({ type: 'styles', runId, crossover: 2 });
    const answer = await recorder.until((event) => event.type === 'styles');
    expect(answer).toMatchObject({
      runId,
      styles: { crossover: 2, mixed: { count: 29, step: 0 }, sweep: { count: 15 } },
    });
    expect(recorder.of('failed')).toEqual([]);
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
