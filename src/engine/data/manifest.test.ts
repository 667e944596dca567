import { readdirSync, readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetFacts, shippedIds } from '../../config/datasets.ts';
import { DuelError } from '../../config/errors.ts';
import { parseManifest } from './manifest.ts';

const folder = new URL('../../../public/datasets/', import.meta.url);
const bytes = readFileSync(new URL('manifest.json', folder));
const { sets } = parseManifest(bytes);

function refusal(parse: () => unknown): unknown {
  try {
    parse();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('the committed manifest, the files and what the page knows agree', () => {
  expect(sets.map(({ id }) => id)).toEqual(shippedIds);
  for (const { id, size, channels, train, heldOut, classes, file, ...entry } of sets) {
    const { pixelArt, thumbnail, ...facts } = datasetFacts(id as (typeof shippedIds)[number]);
    expect({ size, channels, train, heldOut, classes }).toEqual(facts);
    expect(statSync(new URL(file, folder)).size).toBe(entry.bytes);
    expect(file).toBe(`${id}-${entry.sha256.slice(0, 8)}.bin`);
  }
  const packed = readdirSync(folder).filter((name) => !/\.(png|json|md)$/.test(name));
  expect(packed.sort()).toEqual(sets.map(({ file }) => file).sort());
});

test('all sets together stay under 5 MB', () => {
  expect(sets.reduce((sum, entry) => sum + entry.bytes, 0)).toBeLessThan(5e6);
});

test('every set is credited', () => {
  const credits = readFileSync(new URL('CREDITS.md', folder), 'utf8');
  for (const { id, source } of sets) {
    expect(credits).toContain(`## ${id}: `);
    expect(credits).toContain(source.split(/[ ,]/)[0]);
  }
  expect(credits).not.toMatch(/(?<!not |Fashion-)MNIST(?!-style)/);
});

test.each([
  ['nothing', ''],
  ['a page instead', '<!doctype html><title>Duel</title>'],
  ['half of it', bytes.toString().slice(0, 700)],
  ['another version', JSON.stringify({ version: 2, sets: [] })],
  ['a list', '[]'],
  ['null', 'null'],
  ['more than it may hold', `{"version":1,"sets":[]}${' '.repeat(70_000)}`],
])('refuses %s', (_, text) => {
  const error = refusal(() => parseManifest(new TextEncoder().encode(text)));
  expect(error).toMatchObject({ code: 'data-manifest', detail: { file: 'datasets/manifest.json' } });
});

test.each([
  ['bytes', 1e9],
  ['bytes', -1],
  ['bytes', 1.5],
  ['size', 0],
  ['size', 65_536],
  ['channels', 2],
  ['train', 1e9],
  ['sha256', 'abc'],
  ['file', 'a/../../b.bin'],
  ['file', 'https://example.org/a.bin'],
  ['encoding', 'constructor'],
  ['classes', [1]],
  ['credit', ''],
])('refuses %s = %j and says where', (field, value) => {
  const changed = { version: 1, sets: [{ ...sets[0], [field]: value }] };
  const error = refusal(() => parseManifest(new TextEncoder().encode(JSON.stringify(changed))));
  expect(error).toMatchObject({ code: 'data-manifest' });
  expect((error as DuelError).detail.reason).toMatch(new RegExp(`^sets\\.0\\.${field}`));
});

test('any bytes are either a manifest or a named error', () => {
  const mutated = fc
    .array(fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) }), { minLength: 1, maxLength: 5 })
    .map((edits) => {
      const copy = Uint8Array.from(bytes);
      for (const { at, to } of edits) copy[at] = to;
      return copy;
    });
  const json = fc.json().map((text) => new TextEncoder().encode(text));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated, json), (input) => {
      const error = refusal(() => parseManifest(input));
      expect(error === undefined || (error instanceof DuelError && error.code === 'data-manifest')).toBe(true);
    }),
    { seed: 1, numRuns: 500 },
  );
});
