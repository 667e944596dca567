import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Pipeline } from './pipeline.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A device that does what is asked of it in turn, each so many milliseconds, as a GPU's queue does. */
class Device {
  #free = 0;

  ask<T>(milliseconds: number, answer: () => T): Promise<T> {
    this.#free = Math.max(this.#free, performance.now()) + milliseconds;
    const wait = this.#free - performance.now();
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          resolve(answer());
        } catch (thrown) {
          reject(thrown);
        }
      }, wait);
    });
  }
}

/** Whether a promise is settled once all that can happen now has happened. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  promise.then(
    () => {
      done = true;
    },
    () => {
      done = true;
    },
  );
  await vi.advanceTimersByTimeAsync(0);
  return done;
}

describe('answers', () => {
  test('are delivered in the order of the questions, whichever comes first', async () => {
    const pipeline = new Pipeline();
    const got: string[] = [];
    const after = (ms: number, what: string) => () => new Promise<string>((done) => setTimeout(done, ms, what));
    for (const [what, ms] of Object.entries({ slow: 50, quick: 10, slower: 80, atOnce: 0 })) {
      pipeline.push(after(ms, what), (answer) => got.push(answer));
    }
    await vi.advanceTimersByTimeAsync(49);
    expect(got).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(got).toEqual(['slow', 'quick']);
    await vi.advanceTimersByTimeAsync(30);
    await pipeline.drain();
    expect(got).toEqual(['slow', 'quick', 'slower', 'atOnce']);
  });

  test('cost what the device spent on them, not what it still had to do before', async () => {
    const pipeline = new Pipeline();
    const device = new Device();
    const costs: number[] = [];
    const push = (ms: number) =>
      pipeline.push(
        () => device.ask(ms, () => undefined),
        (_, cost) => costs.push(cost),
      );
    push(100);
    await vi.advanceTimersByTimeAsync(60);
    push(7);
    push(200);
    await vi.advanceTimersByTimeAsync(500);
    push(30);
    await vi.advanceTimersByTimeAsync(30);
    expect(costs).toEqual([100, 7, 200, 30]);
  });

  test('of a backend in this very thread cost the asking', async () => {
    const pipeline = new Pipeline();
    let spent = Number.NaN;
    const ask = async () => {
      vi.advanceTimersByTime(25);
    };
    pipeline.push(ask, (_, cost) => {
      spent = cost;
    });
    await pipeline.drain();
    expect(spent).toBe(25);
  });
});

describe('room', () => {
  test('is there while one answer is out, and again when of two the first has come', async () => {
    const pipeline = new Pipeline();
    const device = new Device();
    const push = () =>
      pipeline.push(
        () => device.ask(100, () => undefined),
        () => {},
      );
    expect(await settled(pipeline.room())).toBe(true);
    push();
    expect(await settled(pipeline.room())).toBe(true);
    push();
    const room = pipeline.room();
    await vi.advanceTimersByTimeAsync(99);
    expect(await settled(room)).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await settled(room)).toBe(true);
  });

  test('keeps a device busy without a break, and no more than two batches ahead', async () => {
    const pipeline = new Pipeline();
    const device = new Device();
    let [asked, answered, furthest] = [0, 0, 0];
    const work = (async () => {
      while (asked < 20) {
        // Recording a batch takes 30 ms, working it off 100.
        await new Promise((resolve) => setTimeout(resolve, 30));
        asked++;
        pipeline.push(
          () => device.ask(100, () => undefined),
          () => answered++,
        );
        furthest = Math.max(furthest, asked - answered);
        await pipeline.room();
      }
      await pipeline.drain();
    })();
    await vi.advanceTimersByTimeAsync(30 + 20 * 100 - 1);
    expect(answered).toBe(19);
    await vi.advanceTimersByTimeAsync(1);
    await work;
    expect([answered, furthest]).toEqual([20, 2]);
  });
});

describe('a failure', () => {
  const broken = new Error('lost');
  const fails = async () => {
    throw broken;
  };

  test.each([
    ['of an answer', (pipeline: Pipeline) => pipeline.push(fails, () => {})],
    [
      'of its delivery',
      (pipeline: Pipeline) =>
        pipeline.push(
          async () => 1,
          () => {
            throw broken;
          },
        ),
    ],
  ])('%s comes in its turn, is thrown to whoever waits, and is the last', async (_what, fail) => {
    const pipeline = new Pipeline();
    const device = new Device();
    const got: number[] = [];
    const push = (answer: number) =>
      pipeline.push(
        () => device.ask(10, () => answer),
        (value) => got.push(value),
      );
    push(1);
    fail(pipeline);
    push(2);
    const room = pipeline.room();
    const drained = pipeline.drain();
    const both = Promise.allSettled([room, drained]);
    expect(pipeline.failed).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(await both).toEqual([
      { status: 'rejected', reason: broken },
      { status: 'rejected', reason: broken },
    ]);
    expect(got).toEqual([1]);
    expect(pipeline.failed).toBe(true);
    await expect(pipeline.room()).rejects.toBe(broken);
    await expect(pipeline.drain()).rejects.toBe(broken);
  });

  test('to ask is thrown at once', () => {
    const pipeline = new Pipeline();
    const ask = () => {
      throw broken;
    };
    expect(() => pipeline.push(ask, () => {})).toThrow(broken);
  });
});
