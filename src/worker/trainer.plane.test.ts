import { beforeAll, expect, test } from 'vitest';
import { type Change, initialExperiment } from '../config/experiment.ts';
import { nodeStarters } from '../engine/backend/node.ts';
import { use } from '../engine/testing/backends.ts';
import { breathe } from './breathe.ts';
import { dispatcher } from './dispatch.ts';
import type { Command, Event } from './protocol.ts';
import { Trainer } from './trainer.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

const small: Change = { 'train.batch': 8, 'plane.widthG': 8, 'plane.widthD': 8, 'train.limit': 40 };

/** A run of a world, built and idle. It must not ask for any file. */
async function built(change: Change, more: { slow?: boolean; points?: Float32Array } = {}) {
  const events: Event[] = [];
  const load = () => Promise.reject(new Error('a world has no file'));
  const trainer = new Trainer({ emit: (event) => events.push(event), breathe, load });
  const send: (command: Command) => void = dispatcher(
    trainer,
    (event) => events.push(event),
    () => Promise.reject(new Error('not asked')),
  );
  const until = async (wanted: (event: Event) => boolean) => {
    while (!events.some(wanted)) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const { slow = false, points } = more;
  const experiment = { ...initialExperiment, ...small, ...change };
  const view = { weights: 'raw', split: 'heldOut', slow } as const;
  send({ type: 'create', runId: 1, experiment, view, ...(points && { points }) });
  await until((event) => event.type === 'state' && event.state === 'idle');
  const views = () => events.flatMap((event) => (event.type === 'plane' ? [event.view] : []));
  return { events, trainer, send, until, views };
}

test('a world is drawn instead of loaded; views come in the place of sheets, the last one of the last step', async () => {
  const { events, trainer, send, until, views } = await built({ 'data.set': 'ring' });
  expect(events.find((event) => event.type === 'ready')).toMatchObject({
    facts: { train: 20_000, heldOut: 2500, imageSize: 0, channels: 0, plane: { modes: { sigma: expect.any(Number) } } },
  });
  expect(views()).toMatchObject([{ kind: 'cloud', step: 0, weights: 'raw', split: 'heldOut' }]);
  send({ type: 'train', runId: 1 });
  await until((event) => event.type === 'state' && event.state === 'finished');
  expect(views().at(-1)).toMatchObject({ kind: 'cloud', step: 40 });
  expect(events.some((event) => event.type === 'samples' || event.type === 'failed')).toBe(false);
  await trainer.dispose();
});

test("slow motion shows the plane after D's half, then after G's: D's moves the field alone", async () => {
  const { events, trainer, send, until, views } = await built({ 'data.set': 'moons' }, { slow: true });
  const before = views().at(-1);
  send({ type: 'train', runId: 1 });
  await until((event) => event.type === 'phase' && event.phase === 'D');
  await until((event) => event.type === 'plane' && event.view !== before);
  const after = views().at(-1);
  if (before?.kind !== 'cloud' || after?.kind !== 'cloud') throw new Error('no points');
  expect(after.fake).toEqual(before.fake);
  expect(after.field.values).not.toEqual(before.field.values);
  expect(events.some((event) => event.type === 'phase' && event.phase === 'G')).toBe(false);
  await trainer.dispose();
});

test("a person's own points are what is learned from", async () => {
  const { trainer, views } = await built({ 'data.set': 'points' }, { points: Float32Array.of(1, -1) });
  const [view] = views();
  if (view?.kind !== 'cloud') throw new Error('no points');
  view.real.forEach((value, i) => {
    expect(Math.abs(value - (i % 2 === 0 ? 1 : -1))).toBeLessThan(0.25);
  });
  await trainer.dispose();
});

test('DiracGAN shows its two weights and where they have been', async () => {
  const { trainer, send, until, views } = await built({
    'data.set': 'dirac',
    'g.optimiser': 'sgd',
    'd.optimiser': 'sgd',
  });
  send({ type: 'train', runId: 1 });
  await until((event) => event.type === 'state' && event.state === 'finished');
  const view = views().at(-1);
  if (view?.kind !== 'dirac') throw new Error('not DiracGAN');
  expect(view.step).toBe(40);
  expect(view.trail).toHaveLength(2 * 41);
  await trainer.dispose();
});
