import { expect, test } from 'vitest';
import { signals } from '../config/signals.ts';
import { type Event, type Progress, type Sheet, transferables } from './protocol.ts';

const sheet: Sheet = {
  side: 'real',
  step: 3,
  weights: 'raw',
  split: 'heldOut',
  count: 2,
  size: 2,
  channels: 1,
  pixels: Uint8Array.of(0, 64, 128, 255, 1, 2, 3, 4),
  opinions: Float32Array.of(0.25, 0.75),
  labels: Uint8Array.of(3, 9),
};
const figures: Progress = {
  step: 1,
  rows: new Float32Array(signals.length).fill(0.5),
  count: 1,
  epoch: 0.1,
  seconds: 1,
  stepsPerSecond: 1,
  imagesPerSecond: 64,
  tensors: 100,
  bytes: 1000,
};

/** What a message is on the other side. */
const send = (event: Event) => structuredClone(event, { transfer: transferables(event) });

test('rows move: they arrive whole and the sender has them no more', () => {
  const event: Event = { type: 'progress', runId: 1, ...figures, rows: Float32Array.from(figures.rows) };
  const arrived = send(event);
  expect(arrived).toEqual({ type: 'progress', runId: 1, ...figures });
  expect(event.rows).toHaveLength(0);
});

test('pixels and opinions move, labels are copied', () => {
  const own = { ...sheet, pixels: sheet.pixels.slice(), opinions: sheet.opinions.slice() };
  const arrived = send({ type: 'samples', runId: 1, sheet: own });
  expect(arrived).toEqual({ type: 'samples', runId: 1, sheet });
  expect([own.pixels.length, own.opinions.length, own.labels?.length]).toEqual([0, 0, 2]);
});

test('other events have nothing to move', () => {
  expect(transferables({ type: 'state', runId: 1, state: 'idle' })).toEqual([]);
  expect(transferables({ type: 'failed', failure: { code: 'internal', detail: {} }, fatal: true })).toEqual([]);
});
