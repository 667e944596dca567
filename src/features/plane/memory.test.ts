import { expect, test } from 'vitest';
import type { CloudView } from '../../worker/protocol.ts';
import { between, noMemory, remembered } from './memory.ts';

function view(step: number, at: number, weights: CloudView['weights'] = 'ema'): CloudView {
  const extent = { xMin: -2, xMax: 2, yMin: -2, yMax: 2 };
  return {
    kind: 'cloud',
    step,
    weights,
    split: 'heldOut',
    real: new Float32Array(2),
    fake: Float32Array.of(at, at),
    arrows: new Float32Array(2),
    field: { values: new Float32Array(4), k: 2, extent, probability: true },
    lattice: new Float32Array(8),
    latticeSide: 2,
  };
}

test('a run’s views follow each other; the trail keeps the last few places', () => {
  let memory = noMemory;
  for (let step = 0; step < 30; step++) memory = remembered(memory, 1, view(step, step));
  expect(memory.now?.step).toBe(29);
  expect(memory.before?.step).toBe(28);
  expect(memory.trail.map(([x]) => x)).toEqual([19, 20, 21, 22, 23, 24, 25, 26, 27, 28]);
});

test('another run, other weights or an earlier step begin anew', () => {
  const two = remembered(remembered(noMemory, 1, view(0, 0)), 1, view(5, 1));
  expect(two.before?.step).toBe(0);
  for (const [runId, next] of [
    [2, view(6, 2)],
    [1, view(6, 2, 'raw')],
    [1, view(1, 2)],
  ] as const) {
    expect(remembered(two, runId, next)).toMatchObject({ runId, now: next, before: undefined, trail: [] });
  }
  expect(remembered(two, 2, undefined).now).toBeUndefined();
});

test('drawn again with nothing moved, the view before stays the one before; the same view changes nothing', () => {
  const two = remembered(remembered(noMemory, 1, view(0, 0)), 1, view(5, 1));
  const again = remembered(two, 1, view(5, 1));
  expect(again.before).toBe(two.before);
  expect(again.trail).toBe(two.trail);
  expect(remembered(two, 1, two.now)).toBe(two);
});

test('in slow motion D’s half leaves the step and the points as they are, and is remembered by its field', () => {
  const first = view(5, 1);
  const afterD = { ...view(5, 1), field: { ...first.field, values: Float32Array.of(1, 2, 3, 4) } };
  const memory = remembered(remembered(noMemory, 1, first), 1, afterD);
  expect(memory.now).toBe(afterD);
  expect(memory.before?.field).toBe(first.field);
});

test('on the way from one view to the next', () => {
  expect([...between(Float32Array.of(0, 4), Float32Array.of(8, 0), 0.25)]).toEqual([2, 3]);
  expect([...between(Float32Array.of(0, 4), Float32Array.of(8, 0), 1)]).toEqual([8, 0]);
});
