import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { encodings, unpack } from './encoding.ts';
import type { ManifestEntry } from './manifest.ts';
import { decodePayload, inflate, payloadLength } from './payload.ts';

const base: ManifestEntry = {
  id: 'small',
  file: 'small-0.bin',
  bytes: 1,
  sha256: '',
  size: 2,
  channels: 1,
  train: 2,
  heldOut: 1,
  classes: ['a', 'b'],
  encoding: 'u8',
  version: 1,
  credit: 'nobody',
  licence: 'none',
  source: 'nowhere',
};

const damaged = { code: 'data-damaged', detail: { file: 'f' } };
const gzip = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes));

afterEach(() => vi.unstubAllGlobals());

test('pixels come before labels, training images before held-out ones', () => {
  const payload = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 1);
  expect(decodePayload(payload, base, 'f')).toEqual({
    id: 'small',
    size: 2,
    channels: 1,
    classes: ['a', 'b'],
    train: { count: 2, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), labels: Uint8Array.of(0, 1) },
    heldOut: { count: 1, pixels: Uint8Array.of(9, 10, 11, 12), labels: Uint8Array.of(1) },
  });
});

test('levels spread evenly over 0 to 255, the first of two in the high nibble', () => {
  expect(unpack(encodings.u4, Uint8Array.of(0x0f, 0x18), 4)).toEqual(Uint8Array.of(0, 255, 17, 136));
  expect(unpack(encodings.u6, Uint8Array.of(0, 1, 32, 63), 4)).toEqual(Uint8Array.of(0, 4, 130, 255));
  expect(unpack(encodings.u6, Uint8Array.of(64), 1)).toBeUndefined();
  expect(unpack(encodings.u4, Uint8Array.of(0), 3)).toBeUndefined();
});

test.each([
  ['a label too many', [0, 1, 1, 1]],
  ['a label too few', [0, 1]],
  ['a label without a class', [0, 1, 2]],
])('refuses %s', (_, labels) => {
  const payload = Uint8Array.of(...new Array(12).fill(7), ...labels);
  expect(() => decodePayload(payload, base, 'f')).toThrow(expect.objectContaining(damaged));
});

test('inflates what another gzip wrote', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
  expect(Buffer.from(bytes).equals(await inflate(gzip(bytes), bytes.length, 'f'))).toBe(true);
});

test.each([
  ['shorter content', gzip(new Uint8Array(9))],
  ['longer content', gzip(new Uint8Array(11))],
  ['no bytes', new Uint8Array(0)],
  ['half a file', gzip(new Uint8Array(10)).slice(0, 12)],
  ['a missing trailer', gzip(new Uint8Array(10)).slice(0, -4)],
  ['bytes after the end', Uint8Array.of(...gzip(new Uint8Array(10)), 1)],
  ['deflate without the gzip header', Uint8Array.from(deflateRawSync(new Uint8Array(10)))],
])('refuses %s', async (_, bytes) => {
  await expect(inflate(bytes, 10, 'f')).rejects.toMatchObject(damaged);
});

test('stops unpacking a bomb soon after the expected length', async () => {
  let unpacked = 0;
  const Real = DecompressionStream;
  class Counting {
    readonly writable: WritableStream;
    readonly readable: ReadableStream;
    constructor(format: CompressionFormat) {
      const real = new Real(format);
      this.writable = real.writable;
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          unpacked += chunk.length;
          controller.enqueue(chunk);
        },
      });
      this.readable = real.readable.pipeThrough(count as never);
    }
  }
  vi.stubGlobal('DecompressionStream', Counting);
  const bomb = gzip(new Uint8Array(32 * 2 ** 20));
  expect(bomb.length).toBeLessThan(100_000);
  await expect(inflate(bomb, 1_000, 'f')).rejects.toMatchObject(damaged);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(unpacked).toBeGreaterThan(1_000);
  expect(unpacked).toBeLessThan(2 ** 20);
});

const sizes = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  channels: fc.constantFrom(1 as const, 3 as const),
  train: fc.integer({ min: 1, max: 5 }),
  heldOut: fc.integer({ min: 1, max: 5 }),
  encoding: fc.constantFrom('u4' as const, 'u6' as const, 'u8' as const),
});

test('any bytes are either a data set of the right shape or a named error', async () => {
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.infiniteStream(fc.nat(255)),
      fc.integer({ min: -1, max: 1 }),
      async (shape, stream, off) => {
        const entry = { ...base, ...shape };
        const bytes = Uint8Array.from(stream.take(Math.max(0, payloadLength(entry) + off)));
        const unpacked = await inflate(gzip(bytes), bytes.length, 'f');
        expect(unpacked).toEqual(bytes);
        try {
          const { train, heldOut } = decodePayload(unpacked, entry, 'f');
          expect(off).toBe(0);
          const image = shape.size ** 2 * shape.channels;
          expect([train.pixels.length, heldOut.pixels.length]).toEqual([shape.train * image, shape.heldOut * image]);
          expect([...train.labels, ...heldOut.labels].every((label) => label < 2)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject(damaged);
        }
      },
    ),
    { seed: 2, numRuns: 200 },
  );
});

test('garbage never inflates to anything but a named error', async () => {
  const whole = gzip(Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256));
  const flipped = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }).map(({ at, bit }) => {
    const copy = whole.slice();
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  });
  const any = fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes));
  const expected = Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256);
  await fc.assert(
    fc.asyncProperty(fc.oneof(flipped, any), async (bytes) => {
      // A flip in the header's time or system byte changes nothing that is read.
      const result = await inflate(bytes, 300, 'f').catch((error: unknown) => error);
      if (result instanceof Uint8Array) expect(result).toEqual(expected);
      else expect(result).toMatchObject(damaged);
    }),
    { seed: 3, numRuns: 300 },
  );
});
