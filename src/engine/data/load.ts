import { type DatasetId, datasetFacts } from '../../config/datasets.ts';
import { DuelError } from '../../config/errors.ts';
import type { Dataset } from './dataset.ts';
import { type ManifestEntry, manifestPath, parseManifest } from './manifest.ts';
import { decodePayload, inflate, payloadLength } from './payload.ts';
import type { DataSource, Progress } from './source.ts';

/**
 * Loads a shipped data set at its stored size, checking everything it reads.
 *
 * @param onProgress bytes of the set's file so far, and its length; called first with 0.
 * @throws DuelError `data-missing`, `data-network` from the source; `data-manifest` {file, reason};
 *   `data-truncated` {file, expected, got}; `data-damaged` {file}. An aborted signal's reason passes through.
 */
export async function loadDataset(
  id: DatasetId,
  source: DataSource,
  onProgress?: Progress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const entry = findEntry(await source(manifestPath, undefined, signal), id);
  const path = `datasets/${entry.file}`;
  onProgress?.(0, entry.bytes);
  const bytes = await source(path, (loaded) => onProgress?.(Math.min(loaded, entry.bytes), entry.bytes), signal);
  await checkBytes(bytes, entry, path);
  signal?.throwIfAborted();
  const payload = await inflate(bytes, payloadLength(entry), path);
  signal?.throwIfAborted();
  return { ...decodePayload(payload, entry, path), pixelArt: datasetFacts(id).pixelArt };
}

/** The manifest's entry, which must agree with what the page was built with. */
function findEntry(manifest: Uint8Array, id: DatasetId): ManifestEntry {
  const facts = datasetFacts(id);
  const entry = parseManifest(manifest).sets.find((one) => one.id === id);
  const agrees =
    entry?.size === facts.size &&
    entry.channels === facts.channels &&
    entry.train === facts.train &&
    entry.heldOut === facts.heldOut &&
    entry.classes.join() === facts.classes.join();
  if (!agrees)
    throw new DuelError('data-manifest', { file: manifestPath, reason: entry ? `set ${id}` : `no set ${id}` });
  return entry;
}

async function checkBytes(bytes: Uint8Array<ArrayBuffer>, { bytes: expected, sha256 }: ManifestEntry, file: string) {
  const got = bytes.length;
  if (got < expected) throw new DuelError('data-truncated', { file, expected, got });
  if (got > expected) throw new DuelError('data-damaged', { file, expected, got });
  // Absent on pages served over plain http from another machine; then gzip's own CRC-32, still checked by `inflate`,
  // finds any accidental damage.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256) throw new DuelError('data-damaged', { file });
}
