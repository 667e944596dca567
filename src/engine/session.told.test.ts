import { beforeAll, describe, expect, test } from 'vitest';
import { nodeStarters } from './backend/node.ts';
import type { Dataset, Split } from './data/dataset.ts';
import { Session, sheetCount } from './session.ts';
import { use } from './testing/backends.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

/** Squares in three classes that come 2 : 1 : 1. */
function labelled(): Dataset {
  const plain = squares(1);
  const told = (split: Split): Split => ({
    ...split,
    labels: split.labels.map((_, i) => [0, 1, 0, 2][i % 4] as number),
  });
  return { ...plain, train: told(plain.train), heldOut: told(plain.heldOut), classes: ['a', 'b', 'c'] };
}

const images = ({ pixels, count }: { pixels: Uint8Array; count: number }) => {
  const each = pixels.length / count;
  return Array.from({ length: count }, (_, i) => pixels.slice(i * each, (i + 1) * each).join());
};

describe.each(['projection', 'acgan'] as const)('told of classes, %s', (kind) => {
  const experiment = tinyExperiment({ 'model.classes': kind });

  test('the fixed sheet asks for class after class', async () => {
    const session = new Session(experiment, labelled());
    const { labels } = await session.generated(true);
    expect(Array.from(labels ?? [])).toEqual([
      ...new Array(22).fill(0),
      ...new Array(21).fill(1),
      ...new Array(21).fill(2),
    ]);
    expect(labels?.length).toBe(sheetCount);
    session.dispose();
  });

  test('the labels that D is given change what it learns, and so does the class that G is asked for', async () => {
    const run = async (dataset: Dataset) => {
      const session = new Session(experiment, dataset);
      for (let i = 0; i < 3; i++) session.advance('both');
      const { rows } = await session.read();
      const weights = await session.weights();
      session.dispose();
      return { rows, weights };
    };
    const first = await run(labelled());
    expect(first.rows.every(Number.isFinite)).toBe(true);
    expect(await run(labelled())).toEqual(first);
    const other = labelled();
    const train = { ...other.train, labels: other.train.labels.map((label) => (label + 1) % 3) };
    expect((await run({ ...other, train })).weights).not.toEqual(first.weights);
  });

  test('without labels it is as if it had not been asked for', async () => {
    const weights = async (change: Parameters<typeof tinyExperiment>[0]) => {
      const session = new Session(tinyExperiment(change), squares(1));
      session.advance('both');
      const values = await session.weights();
      expect('labels' in (await session.generated(true))).toBe(false);
      session.dispose();
      return values;
    };
    expect(await weights({ 'model.classes': kind })).toEqual(await weights({}));
  });
});

test("projection: D's opinion of a real depends on the class it is shown under", async () => {
  const under = async (shift: number) => {
    const dataset = labelled();
    const heldOut = { ...dataset.heldOut, labels: dataset.heldOut.labels.map((label) => (label + shift) % 3) };
    const session = new Session(tinyExperiment({ 'model.classes': 'projection' }), { ...dataset, heldOut });
    const { opinions } = await session.real('heldOut');
    session.dispose();
    return opinions;
  };
  expect(await under(0)).toEqual(await under(3));
  expect(await under(0)).not.toEqual(await under(1));
});

describe('styles', () => {
  const experiment = tinyExperiment({ 'model.family': 'style' });

  test('psi changes what is shown and nothing that is learnt: at 0 every sample is the same', async () => {
    const train = async (psi: number) => {
      const session = new Session({ ...experiment, 'model.psi': psi }, squares(1));
      for (let i = 0; i < 2; i++) session.advance('both');
      const weights = await session.weights();
      return { session, weights };
    };
    const [whole, none] = [await train(1), await train(0)];
    expect(none.weights).toEqual(whole.weights);
    for (const averaged of [true, false]) {
      expect(new Set(images(await none.session.generated(averaged))).size).toBe(1);
      expect(new Set(images(await whole.session.generated(averaged))).size).toBe(sheetCount);
    }
    whole.session.apply({ 'model.psi': 0 });
    expect(await whole.session.generated(true)).toEqual(await none.session.generated(true));
    for (const { session } of [whole, none]) session.dispose();
  });

  test('mixing changes what is learnt, from a stream of its own', async () => {
    const weights = async (mixing: number) => {
      const session = new Session({ ...experiment, 'model.mixing': mixing }, squares(1));
      session.advance('both');
      const values = await session.weights();
      session.dispose();
      return values;
    };
    expect(await weights(1)).not.toEqual(await weights(0));
    expect(await weights(1)).toEqual(await weights(1));
  });
});

test('the tables of styles: sources are the fixed samples themselves, mixes lie between them', async () => {
  const session = new Session(tinyExperiment({ 'model.family': 'style' }), squares(1));
  for (let i = 0; i < 2; i++) session.advance('both');
  for (const averaged of [true, false]) {
    const fixed = images(await session.generated(averaged));
    const tables = await session.styles(averaged, 2);
    const [mixed, sweep] = [images(tables.mixed), images(tables.sweep)];
    expect([mixed.length, sweep.length]).toEqual([29, 15]);
    expect(mixed.slice(0, 5)).toEqual(fixed.slice(4, 9));
    for (let row = 0; row < 4; row++) {
      const [source, ...mixes] = mixed.slice(5 + row * 6, 11 + row * 6);
      expect(source).toBe(fixed[row]);
      expect(new Set([source, ...mixes, ...fixed.slice(4, 9)]).size).toBe(11);
    }
    for (let row = 0; row < 3; row++) {
      expect(sweep[row * 5]).toBe(sweep[0]);
      expect(sweep[row * 5 + 4]).toBe(fixed[row]);
    }
  }
  session.dispose();
});
