import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { datasetFacts, type ShippedId, shippedIds } from '../../config/datasets.ts';
import type { Dataset, Split } from './dataset.ts';
import { encodings } from './encoding.ts';
import { fileSource } from './fileSource.node.ts';
import { loadDataset } from './load.ts';
import { type Manifest, manifestPath, parseManifest } from './manifest.ts';
import { resizeDataset } from './resize.ts';
import type { DataSource } from './source.ts';

const files = fileSource();
const manifest = parseManifest(await files(manifestPath));
const entryOf = (id: ShippedId) => manifest.sets.find((entry) => entry.id === id)!;

const loaded = new Map(await Promise.all(shippedIds.map(async (id) => [id, await loadDataset(id, files)] as const)));
const load = (id: ShippedId) => loaded.get(id)!;

/** The real files, except those that `change` answers for. */
function tampered(change: (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): DataSource {
  return async (path, onProgress, signal) => change(path, await files(path, onProgress, signal));
}

const tamperedFile = (change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) =>
  tampered((path, bytes) => (path.endsWith('.bin') ? change(bytes) : bytes));

function tamperedManifest(change: (manifest: Manifest) => unknown): DataSource {
  const text = JSON.stringify(change(structuredClone(manifest)));
  return tampered((path, bytes) => (path === manifestPath ? new TextEncoder().encode(text) : bytes));
}

function image({ pixels }: Split, index: number, { size, channels }: Dataset): Uint8Array {
  const length = size * size * channels;
  return pixels.subarray(index * length, (index + 1) * length);
}

/** [size, size, channels] of a thumbnail, which the build drew from the source and not from the packed file. */
function thumbnail(id: ShippedId): Uint8Array {
  const { thumbnail: path, channels } = datasetFacts(id);
  const png = decode(readFileSync(new URL(`../../../public/${path}`, import.meta.url)));
  expect([png.width, png.height]).toEqual([28, 28]);
  return Uint8Array.from({ length: 28 * 28 * channels }, (_, i) => {
    return png.data[Math.floor(i / channels) * png.channels + (i % channels)]!;
  });
}

function furthest(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

afterEach(() => vi.unstubAllGlobals());

describe.each(shippedIds)('the committed %s', (id) => {
  const facts = datasetFacts(id);

  test('decodes to the promised shape, balanced in every prefix', () => {
    const set = load(id);
    expect(set).toMatchObject({ id, size: facts.size, channels: facts.channels, pixelArt: facts.pixelArt });
    expect(set.classes).toEqual(facts.classes);
    const { levels } = encodings[entryOf(id).encoding];
    for (const split of ['train', 'heldOut'] as const) {
      const { count, pixels, labels } = set[split];
      expect(count).toBe(facts[split]);
      expect(pixels.length).toBe(count * facts.size ** 2 * facts.channels);
      expect(labels.length).toBe(count);
      const used = new Uint8Array(256);
      for (const value of pixels) used[value] = 1;
      expect(used.filter((one) => one === 1).length).toBeLessThanOrEqual(levels);
      for (let label = 0; label < facts.classes.length; label++) {
        const share = labels.filter((one) => one === label).length / count;
        for (const part of [0.1, 0.37, 0.5, 0.9]) {
          const prefix = Math.round(count * part);
          const found = labels.subarray(0, prefix).filter((one) => one === label).length;
          expect(Math.abs(found - share * prefix)).toBeLessThanOrEqual(1.5);
        }
      }
    }
  });

  test('holds out no image that is also trained on', () => {
    const set = load(id);
    const key = (split: Split, index: number) => Buffer.from(image(split, index, set)).toString('latin1');
    const trained = new Set(Array.from({ length: set.train.count }, (_, index) => key(set.train, index)));
    const shared = Array.from({ length: set.heldOut.count }, (_, index) => key(set.heldOut, index));
    expect(shared.filter((one) => trained.has(one))).toEqual([]);
  });
});

describe('against thumbnails drawn from the sources', () => {
  test.each([
    ['fashion', 'tshirt'],
    ['digits', '5'],
  ] as const)('%s: the first %s is the same within the 16 levels', (id, name) => {
    const set = load(id);
    const first = set.train.labels.indexOf(set.classes.indexOf(name));
    expect(furthest(image(set.train, first, set), thumbnail(id))).toBeLessThanOrEqual(255 / 15 / 2);
  });

  test('avatars: the face is there exactly, without its border, twice as large', () => {
    const set = load('avatars');
    const small = thumbnail('avatars');
    const inner = Uint8Array.from({ length: 14 * 14 * 3 }, (_, i) => {
      const [pixel, c] = [Math.floor(i / 3), i % 3];
      return small[(Math.floor(pixel / 14) * 2 * 28 + (pixel % 14) * 2) * 3 + c]!;
    });
    const matches = (split: Split, index: number) =>
      inner.every((value, i) => {
        const [pixel, c] = [Math.floor(i / 3), i % 3];
        const at = ((Math.floor(pixel / 14) + 1) * 16 + (pixel % 14) + 1) * 3 + c;
        return split.pixels[index * 768 + at] === value;
      });
    const found = [set.train, set.heldOut].flatMap((split) =>
      Array.from({ length: split.count }, (_, index) => index).filter((index) => matches(split, index)),
    );
    expect(found).toHaveLength(1);
  });

  test('emoji: the tree is the nearest image to its thumbnail, and a plant', () => {
    const set = resizeDataset(load('emoji'), 28);
    const tree = thumbnail('emoji');
    const all = [set.train, set.heldOut].flatMap((split) =>
      Array.from({ length: split.count }, (_, index) => {
        const off =
          image(split, index, set).reduce((sum, value, i) => sum + Math.abs(value - tree[i]!), 0) / tree.length;
        return { off, label: set.classes[split.labels[index]!] };
      }),
    );
    const [nearest, second] = all.sort((a, b) => a.off - b.off);
    expect(nearest!.off).toBeLessThan(6);
    expect(second!.off).toBeGreaterThan(20);
    expect(nearest!.label).toBe('animals');
  });

  test('fashion keeps the mean and deviation known of the whole training set, 0.2860 and 0.3530', () => {
    const { pixels } = load('fashion').train;
    let sum = 0;
    let squares = 0;
    for (const value of pixels) {
      sum += value / 255;
      squares += (value / 255) ** 2;
    }
    const mean = sum / pixels.length;
    const variance = squares / pixels.length - mean ** 2;
    expect(mean).toBeCloseTo(0.286, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(0.353, 2);
  });
});

describe('bad files are named', () => {
  const file = `datasets/${entryOf('avatars').file}`;
  const { bytes } = entryOf('avatars');

  test('truncated', async () => {
    const loading = loadDataset(
      'avatars',
      tamperedFile((whole) => whole.slice(0, 1000)),
    );
    await expect(loading).rejects.toMatchObject({
      code: 'data-truncated',
      detail: { file, expected: bytes, got: 1000 },
    });
  });

  test('longer than promised', async () => {
    const longer = tamperedFile((whole) => new Uint8Array([...whole, 0]));
    await expect(loadDataset('avatars', longer)).rejects.toMatchObject({ code: 'data-damaged', detail: { file } });
  });

  test.each(['with', 'without'])('one altered bit, %s crypto.subtle', async (subtle) => {
    if (subtle === 'without') vi.stubGlobal('crypto', undefined);
    const altered = tamperedFile((whole) => {
      const copy = whole.slice();
      copy[150_000]! ^= 1;
      return copy;
    });
    await expect(loadDataset('avatars', altered)).rejects.toMatchObject({ code: 'data-damaged', detail: { file } });
  });

  test('undamaged files load without crypto.subtle', async () => {
    vi.stubGlobal('crypto', undefined);
    expect((await loadDataset('avatars', files)).train.count).toBe(4_500);
  });

  test('another set under this name', async () => {
    const emoji = await files(`datasets/${entryOf('emoji').file}`);
    await expect(
      loadDataset(
        'avatars',
        tamperedFile(() => emoji),
      ),
    ).rejects.toMatchObject({ code: 'data-damaged' });
  });

  test('missing', async () => {
    const elsewhere = tamperedManifest(({ sets, ...rest }) => ({
      ...rest,
      sets: sets.map((entry) => ({ ...entry, file: 'avatars-0.bin' })),
    }));
    const loading = loadDataset('avatars', elsewhere);
    await expect(loading).rejects.toMatchObject({ code: 'data-missing', detail: { file: 'datasets/avatars-0.bin' } });
  });

  test.each([
    ['a longer file', { bytes: bytes + 1 }, 'data-truncated'],
    ['a shorter file', { bytes: bytes - 1 }, 'data-damaged'],
    ['another hash', { sha256: '0'.repeat(64) }, 'data-damaged'],
    ['fewer images', { train: 4_499 }, 'data-manifest'],
    ['other classes', { classes: ['face'] }, 'data-manifest'],
    ['coarser levels', { encoding: 'u4' }, 'data-damaged'],
    ['levels that bytes overstep', { encoding: 'u6' }, 'data-damaged'],
    ['no file name', { file: '../package.json' }, 'data-manifest'],
  ])('a manifest that promises %s', async (_, change, code) => {
    const source = tamperedManifest(({ sets, ...rest }) => ({
      ...rest,
      sets: sets.map((entry) => ({ ...entry, ...change })),
    }));
    await expect(loadDataset('avatars', source)).rejects.toMatchObject({ code });
  });

  test('a manifest without the set', async () => {
    const source = tamperedManifest((whole) => ({ ...whole, sets: [] }));
    await expect(loadDataset('avatars', source)).rejects.toMatchObject({
      code: 'data-manifest',
      detail: { file: manifestPath, reason: 'no set avatars' },
    });
  });
});

test('progress starts at nothing, never falls and ends at the whole file', async () => {
  const { bytes } = entryOf('digits');
  const inThree: DataSource = async (path, onProgress) => {
    const whole = await files(path);
    for (const part of [0.2, 0.7, 1]) onProgress?.(Math.floor(whole.length * part), 0);
    return whole;
  };
  const seen: number[][] = [];
  await loadDataset('digits', inThree, (loaded, total) => seen.push([loaded, total]));
  expect(seen).toEqual([0, 0.2, 0.7, 1].map((part) => [Math.floor(bytes * part), bytes]));
});

test('an aborted load rejects with the reason it was given', async () => {
  const abort = new AbortController();
  const reason = new Error('another set was chosen');
  const source: DataSource = async (path, onProgress, signal) => {
    if (path.endsWith('.bin')) abort.abort(reason);
    return files(path, onProgress, signal);
  };
  await expect(loadDataset('digits', source, undefined, abort.signal)).rejects.toBe(reason);
});
