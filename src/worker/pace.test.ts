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

test('reports that come two at a time, the second at once: the speed is that of both', () => {
  const pace = new Pace();
  pace.start();
  for (let i = 0; i < 30; i++) {
    const made = pace.stepsAtOnce;
    vi.advanceTimersByTime(2 * made * 25);
    pace.made(made);
    pace.made(made);
  }
  expect(pace.stepsPerSecond).toBeCloseTo(40, 6);
  expect(pace.stepsAtOnce).toBe(5);
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

/** How often sheets of a cost are drawn in so many seconds of training, at steps of 20 ms. */
function drawn(pace: Pace, cost: number, seconds: number): { times: number; share: number; gap: number } {
  const until = pace.seconds + seconds;
  const at: number[] = [];
  while (pace.seconds < until) {
    vi.advanceTimersByTime(20);
    if (pace.sheetIsDue()) {
      at.push(performance.now());
      vi.advanceTimersByTime(cost);
      pace.sheetTook(cost);
    }
    pace.made(1);
  }
  const gaps = at.slice(1).map((time, i) => time - (at[i] as number));
  return { times: at.length, share: (at.length * cost) / (1000 * seconds), gap: Math.max(...gaps) };
}

test.each([
  ['cheap', 2, 430],
  ['dear', 60, 3100],
  ['very dear', 190, 9800],
])('%s sheets take less than 2.2 % of the time once the first ten seconds are over', (_what, cost, longest) => {
  const pace = new Pace();
  pace.start();
  drawn(pace, cost, 10);
  const { times, share, gap } = drawn(pace, cost, 120);
  expect(share).toBeLessThan(0.022);
  expect(times).toBeGreaterThan(10);
  expect(gap).toBeLessThanOrEqual(longest);
});

test('so dear that a minute would pass: every ten seconds all the same', () => {
  const pace = new Pace();
  pace.start();
  drawn(pace, 1500, 10);
  expect(drawn(pace, 1500, 120).gap).toBeLessThan(10_050);
});

test.each([
  ['cheap', 2, 430],
  ['dear', 60, 650],
  ['very dear', 190, 1050],
])(
  'in the first ten seconds %s sheets come sooner: the first at once, the next within a second',
  (_what, cost, longest) => {
    const pace = new Pace();
    pace.start();
    expect(pace.sheetIsDue()).toBe(true);
    pace.sheetTook(cost);
    expect(drawn(pace, cost, 10).gap).toBeLessThanOrEqual(longest);
  },
);

test('messages are let in every ten milliseconds: between slow steps always, between quick ones not each time', () => {
  const pace = new Pace();
  const breaths = (ms: number, steps: number) => {
    let due = 0;
    for (let i = 0; i < steps; i++) {
      vi.advanceTimersByTime(ms);
      if (pace.breathIsDue()) due++;
    }
    return due;
  };
  expect(breaths(25, 40)).toBe(40);
  expect(breaths(2, 500)).toBe(100);
});
