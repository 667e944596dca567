import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs so many reports of a machine that takes `ms` a step. */
function run(pace: Pace, ms: number, reports: number): { spans: number[]; steps: number } {
  const spans: number[] = [];
  let steps = 0;
  for (let i = 0; i < reports; i++) {
    const made = pace.stepsAtOnce;
    vi.advanceTimersByTime(made * ms);
    spans.push(made * ms);
    steps += made;
    pace.made(made);
  }
  return { spans, steps };
}

test.each([1.7, 10, 40, 80])('a step of %d ms: reports settle at about ten a second, never more', (ms) => {
  const pace = new Pace();
  pace.start();
  const { spans } = run(pace, ms, 30);
  const settled = spans.slice(10);
  for (const span of settled) {
    expect(span).toBeGreaterThanOrEqual(100 - ms / 2);
    expect(span).toBeLessThan(100 + ms + 60);
  }
});

test('slow steps are reported one by one; very fast ones at most 64 at once', () => {
  const slow = new Pace();
  slow.start();
  run(slow, 900, 5);
  expect(slow.stepsAtOnce).toBe(1);
  const fast = new Pace();
  fast.start();
  run(fast, 0.05, 40);
  expect(fast.stepsAtOnce).toBe(64);
});

test('a machine that slows down is asked for fewer steps at once', () => {
  const pace = new Pace();
  pace.start();
  run(pace, 2, 20);
  const before = pace.stepsAtOnce;
  expect(before).toBeGreaterThan(30);
  run(pace, 200, 2);
  expect(pace.stepsAtOnce).toBe(1);
});

test('time and speed count training, not pauses', () => {
  const pace = new Pace();
  pace.start();
  const { steps } = run(pace, 20, 10);
  expect(pace.seconds).toBeCloseTo(steps * 0.02, 6);
  expect(pace.stepsPerSecond).toBeCloseTo(50, 6);
  vi.advanceTimersByTime(60_000);
  pace.start();
  vi.advanceTimersByTime(20);
  pace.made(1);
  expect(pace.seconds).toBeCloseTo((steps + 1) * 0.02, 6);
  expect(pace.stepsPerSecond).toBeCloseTo(50, 6);
});

test.each([
  ['cheap ones every 400 ms', 2, 400],
  ['dear ones so that they take about 4 % of the time', 60, 1500],
  ['very dear ones every 2.5 s all the same', 300, 2500],
])('sheets: %s', async (_what, cost, rest) => {
  const pace = new Pace();
  expect(pace.sheetIsDue()).toBe(true);
  await pace.timeSheet(async () => void vi.advanceTimersByTime(cost));
  vi.advanceTimersByTime(rest - 1);
  expect(pace.sheetIsDue()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(pace.sheetIsDue()).toBe(true);
});
