/**
 * A packed data set: one gzip member (RFC 1952) whose content is, with no header,
 *
 * 1. the pixels of every image, [train + heldOut, size, size, channels] row-major, the training images first, each value
 *    a level of the manifest's `encoding`, a byte each or two to a byte with the first in the high nibble;
 * 2. the labels, [train + heldOut] bytes, each an index into `classes`, 0 where there are none.
 *
 * The lengths follow from the manifest, so any other length is damage. Training images stand in a seeded random order
 * that keeps every prefix close to the classes' shares; held-out images likewise. Files end in `.bin`: some servers would
 * announce a `.gz` as a content encoding and the browser would unpack it before we check it.
 */
import { DuelError } from '../../config/errors.ts';
import type { Dataset, Split } from './dataset.ts';
import { encodings, packedLength, unpack } from './encoding.ts';
import type { ManifestEntry } from './manifest.ts';

/** Bytes of the unpacked content. */
export function payloadLength(entry: ManifestEntry): number {
  const images = entry.train + entry.heldOut;
  const values = entry.size * entry.size * entry.channels;
  return packedLength(encodings[entry.encoding], images * values) + images;
}

/**
 * Unpacks a gzip file of exactly `length` bytes of content, never holding more. The format's own CRC-32 is checked.
 *
 * @throws DuelError `data-damaged` {file}
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const damaged = (cause?: unknown) => new DuelError('data-damaged', { file }, { cause });
  const out = new Uint8Array(length);
  let filled = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > length) throw damaged();
      out.set(value, filled);
      filled += value.length;
    }
  } catch (reason) {
    // Not awaited: a stream that has failed rejects its cancellation too.
    reader.cancel().catch(() => undefined);
    throw reason instanceof DuelError ? reason : damaged(reason);
  }
  if (filled !== length) throw damaged();
  return out;
}

/** Reads the unpacked content of `file`. @throws DuelError `data-damaged` {file} */
export function decodePayload(payload: Uint8Array, entry: ManifestEntry, file: string): Omit<Dataset, 'pixelArt'> {
  const { id, size, channels, train, heldOut, classes } = entry;
  if (payload.length !== payloadLength(entry)) throw new DuelError('data-damaged', { file });
  const images = train + heldOut;
  const values = size * size * channels;
  const labels = payload.slice(payload.length - images);
  const pixels = unpack(encodings[entry.encoding], payload.subarray(0, payload.length - images), images * values);
  const labelled = labels.every((label) => label < Math.max(1, classes.length));
  if (!pixels || !labelled) throw new DuelError('data-damaged', { file });
  const split = (from: number, to: number): Split => ({
    count: to - from,
    pixels: pixels.slice(from * values, to * values),
    labels: labels.slice(from, to),
  });
  return { id, size, channels, classes, train: split(0, train), heldOut: split(train, images) };
}
