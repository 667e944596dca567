/** The control block's protocol on one thread, so that nothing here waits for another. */
import { beforeAll, describe, expect, test } from 'vitest';
import { base64 } from './generated/simdShared.ts';
import { controlBytes, type PoolExports } from './pool.ts';

// Words of the control block: see assembly/pool.ts.
const [POSTED, SLEEPERS, JOINED, PULSE, TAKEN] = [32, 33, 80, 81, 82] as const;
const control = 64;

let module: WebAssembly.Module;

beforeAll(async () => {
  module = await WebAssembly.compile(Buffer.from(base64, 'base64'));
});

async function open() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const words = new Int32Array(memory.buffer, control, controlBytes(1) / 4);
  const all = new Int32Array(memory.buffer);
  return { ...(exports as unknown as PoolExports), words, all };
}

/** A job without ranges, which is done at once. */
const nothing = [0, 0, 0, 1, 0, 0, 2] as const;

describe('a helper', () => {
  test('joins, looks for work, and gives up the processor with a pulse each time', async () => {
    const { follow, words, all } = await open();
    for (let pulse = 1; pulse <= 3; pulse++) {
      expect(follow(control, 1, 0)).toBe(0);
      expect([words[JOINED], words[PULSE], words[SLEEPERS]]).toEqual([1, pulse, 1]);
    }
    // Nothing else was written.
    expect(all.filter((word) => word !== 0).length).toBe(3);
  });

  test('returns the number of the job it has seen', async () => {
    const { lead, follow, words } = await open();
    expect(lead(control, ...nothing)).toBe(1);
    expect(lead(control, ...nothing)).toBe(1);
    expect(follow(control, 1, 0)).toBe(2);
    expect(follow(control, 1, 2)).toBe(2);
    expect(words[TAKEN]).toBe(0);
  });

  test('numbers of jobs stay above zero', async () => {
    const { lead, follow, words } = await open();
    words[POSTED] = 2 ** 31 - 1;
    expect(lead(control, ...nothing)).toBe(1);
    expect(follow(control, 1, 2 ** 31 - 1)).toBe(0);
  });

  test('that comes too late is told to leave', async () => {
    const { follow, words } = await open();
    words[JOINED] = 2;
    expect(follow(control, 1, 0)).toBe(-1);
    expect(words[PULSE]).toBe(0);
  });

  test('leaves when the pool closes, without a look at the last job', async () => {
    const { follow, close, words } = await open();
    follow(control, 1, 0);
    close(control, 2);
    expect(follow(control, 1, 0)).toBe(-1);
    expect([words[PULSE], words[TAKEN]]).toEqual([1, 0]);
  });
});
