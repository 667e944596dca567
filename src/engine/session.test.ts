import { beforeAll, describe, expect, test } from 'vitest';
import { signalIndex, signals } from '../config/signals.ts';
import { nodeStarters } from './backend/node.ts';
import { Session, sheetCount } from './session.ts';
import { onEach, use } from './testing/backends.ts';
import { type Act, run, step, steps } from './testing/runs.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

describe('one seed', () => {
  onEach(nodeStarters, ['cpu', 'wasm'], () => {
    test('equal bits twice, dropout and all', async () => {
      const change = { 'model.dropoutD': 0.3 };
      const first = await run(change, steps(4));
      expect(first.count).toBe(4);
      expect(await run(change, steps(4))).toEqual(first);
    });

    test('other bits for another seed', async () => {
      const [first, other] = [await run({}, steps(1)), await run({ 'train.seed': 8 }, steps(1))];
      for (const [index, values] of first.weights.entries()) {
        // Adam's first step moves the one bias of D's output by the learning rate, whatever the seed.
        if (values.length > 1) expect(values).not.toEqual(other.weights[index]);
      }
      expect(first.rows).not.toEqual(other.rows);
    });
  });

  test('reading and drawing sheets between the steps changes nothing', async () => {
    const plain = await run({ 'model.dropoutD': 0.3 }, steps(4));
    const session = new Session(tinyExperiment({ 'model.dropoutD': 0.3 }), squares(1));
    const rows: number[] = [];
    for (let i = 0; i < 4; i++) {
      session.advance('both');
      await session.generated(true);
      await session.generated(false);
      await session.real('heldOut');
      rows.push(...(await session.read()).rows);
    }
    expect(rows).toEqual(plain.rows);
    expect((await session.weights()).map((values) => Array.from(values))).toEqual(plain.weights);
    session.dispose();
  });
});

describe('the data set', () => {
  test("another one, another gradient of D and other weights, from the first step on: the article's own loop would not", async () => {
    const change = { 'model.family': 'article', 'train.batch': 2 } as const;
    const [first, again, other] = [
      await run(change, steps(1)),
      await run(change, steps(1)),
      await run(change, steps(1), squares(2)),
    ];
    expect(again).toEqual(first);
    const gradD = signalIndex('gradD');
    expect(Math.abs((other.rows[gradD] as number) / (first.rows[gradD] as number) - 1)).toBeGreaterThan(1e-3);
    expect(other.weights.at(-2)).not.toEqual(first.weights.at(-2));
  });

  test('every image comes once an epoch', async () => {
    const { epoch } = await run({ 'train.stepsD': 2 }, steps(12));
    // 12 steps of 2 batches of 4 from 64 images.
    expect(epoch).toBe(1.5);
  });
});

describe('who moves', () => {
  const width = signals.length;
  const columnsD = ['lossD', 'dReal', 'dFake', 'gradD', 'penalty', 'augmentP'] as const;

  test.each(['D', 'G'] as const)('%s alone', async (which) => {
    const start = await run({}, []);
    const { rows, count, weights } = await run({}, [(session) => session.advance(which)]);
    expect([count, rows.length]).toEqual([1, width]);
    const moved = signals.filter((_, i) => !Number.isNaN(rows[i]));
    expect(moved).toEqual(
      signals.filter((signal) => (columnsD as readonly string[]).includes(signal) === (which === 'D')),
    );
    const generator = 8;
    const changed = weights.map((values, i) => JSON.stringify(values) !== JSON.stringify(start.weights[i]));
    expect(changed).toEqual(weights.map((_, i) => i < generator === (which === 'G')));
  });

  test('slow motion: two halves make the same step', async () => {
    const whole = await run({}, steps(2));
    const halves = await run({}, [(session) => session.advanceHalf(), step, (session) => session.advanceHalf(), step]);
    expect(halves).toEqual(whole);
  });

  test('a half that is asked for twice is made once; then D alone keeps it', async () => {
    const half: Act = (session) => session.advanceHalf();
    const onlyD: Act = (session) => session.advance('D');
    expect(await run({}, [half, half, step])).toEqual(await run({}, steps(1)));
    expect(await run({}, [half, onlyD])).toEqual(await run({}, [onlyD]));
  });

  test('several steps of each: D sees as many batches, G as many latents', async () => {
    const several = await run({ 'train.stepsD': 3, 'train.stepsG': 2 }, steps(1));
    expect(several.count).toBe(1);
    expect(several.epoch).toBe((3 * 4) / 64);
    // One D of three is three D alone.
    const onlyD: Act = (session) => session.advance('D');
    const three = await run({}, [onlyD, onlyD, onlyD]);
    const once = await run({ 'train.stepsD': 3 }, [onlyD]);
    expect(once.weights).toEqual(three.weights);
    expect(once.rows).toEqual(
      three.rows.map((value, i) => (i < width ? (three.rows[i + 2 * width] as number) : value)).slice(0, width),
    );
  });

  test('the step limit', () => {
    const session = new Session(tinyExperiment({ 'train.limit': 10 }), squares(1));
    for (let i = 0; i < 10; i++) {
      expect(session.finished).toBe(false);
      session.advance('G');
    }
    expect([session.finished, session.step]).toEqual([true, 10]);
    session.apply({ 'train.limit': 0 });
    expect(session.finished).toBe(false);
    session.dispose();
  });
});

describe('sheets', () => {
  test('real images come back as they are, with their labels', async () => {
    const dataset = squares(1, { channels: 3 });
    const session = new Session(tinyExperiment(), dataset);
    for (const split of ['train', 'heldOut'] as const) {
      const { pixels, opinions, labels, count } = await session.real(split);
      expect([count, labels.length, opinions.length]).toEqual([64, 64, 64]);
      expect(pixels).toEqual(Uint8Array.from(dataset[split].pixels.subarray(0, 64 * 16 * 16 * 3)));
      expect(opinions.every((value) => value > 0 && value < 1)).toBe(true);
    }
    session.dispose();
  });

  test('fewer held-out images than places', async () => {
    const session = new Session(tinyExperiment(), squares(1, { count: 10 }));
    const { count, pixels } = await session.real('heldOut');
    expect([count, pixels.length]).toEqual([10, 10 * 16 * 16]);
    session.dispose();
  });

  test('samples keep their latents, follow the weights, and the average lags', async () => {
    const session = new Session(tinyExperiment({ 'ema.halfLife': 10_000 }), squares(1));
    const start = await session.generated(false);
    expect(start.pixels.length).toBe(sheetCount * 16 * 16);
    expect(await session.generated(false)).toEqual(start);
    for (let i = 0; i < 3; i++) session.advance('both');
    const [raw, averaged] = [await session.generated(false), await session.generated(true)];
    expect(raw.pixels).not.toEqual(start.pixels);
    expect(averaged.pixels).not.toEqual(raw.pixels);
    session.dispose();
  });
});
