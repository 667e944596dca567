import { expect, test } from 'vitest';
import { datasetFacts, datasetIds } from '../../config/datasets.ts';
import { loadDataset } from './load.ts';
import { type DataSource, fetchSource } from './source.ts';

// No GPU here; this is the project that runs in a real browser, whose fetch, gzip and SHA-256 are not Node's.
const source = fetchSource(new URL('/', location.href));

test.each(datasetIds)('%s loads over the network', async (id) => {
  const { train, heldOut } = datasetFacts(id);
  const seen: number[][] = [];
  const set = await loadDataset(id, source, (...progress) => seen.push(progress));
  expect([set.train.count, set.heldOut.count]).toEqual([train, heldOut]);
  expect(seen[0]?.[0]).toBe(0);
  expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
  expect(seen.at(-1)?.[0]).toBeGreaterThan(100_000);
});

test('a damaged file is found with and without the hash', async () => {
  const altered: DataSource = async (path, ...rest) => {
    const bytes = await source(path, ...rest);
    if (path.endsWith('.bin')) bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
    return bytes;
  };
  const damaged = expect.objectContaining({ code: 'data-damaged' });
  await expect(loadDataset('avatars', altered)).rejects.toEqual(damaged);
  const subtle = Object.getOwnPropertyDescriptor(Crypto.prototype, 'subtle');
  try {
    Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined, configurable: true });
    await expect(loadDataset('avatars', altered)).rejects.toEqual(damaged);
  } finally {
    if (subtle) Object.defineProperty(Crypto.prototype, 'subtle', subtle);
  }
});

test('a missing file is named, though the server answers with a page', async () => {
  const missing = expect.objectContaining({ code: 'data-missing', detail: { file: 'datasets/absent.bin' } });
  await expect(source('datasets/absent.bin')).rejects.toEqual(missing);
});

test('a server that is not there is a network error', async () => {
  // Port 9 is one that browsers refuse to open.
  const nowhere = fetchSource('http://127.0.0.1:9/');
  await expect(nowhere('a.bin')).rejects.toEqual(
    expect.objectContaining({ code: 'data-network', detail: { file: 'a.bin' } }),
  );
});
