import { type DatasetId, datasetFacts, type ShippedId } from '../../config/datasets.ts';
import { DuelError } from '../../config/errors.ts';
import { checkBytes } from './check.ts';
import type { Dataset } from './dataset.ts';
import { type ManifestEntry, manifestPath, parseManifest } from './manifest.ts';
import { decodePayload, inflate, payloadLength } from './payload.ts';
import type { DataSource, Progress } from './source.ts';
import { stack } from './stack.ts';

/** Sets that do not ship: what each is made of, and how. */
const made: Readonly<
  Record<Exclude<DatasetId, ShippedId>, { readonly from: ShippedId; readonly make: (from: Dataset) => Dataset }>
> = {
  stacked: { from: 'digits', make: (digits) => stack('stacked', digits, datasetFacts('stacked')) },
};

/**
 * Loads a data set at its stored size, checking everything it reads, and makes it where it is made of another.
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
  if (!isMade(id)) return loadShipped(id, source, onProgress, signal);
  const { from, make } = made[id];
  return make(await loadShipped(from, source, onProgress, signal));
}

function isMade(id: DatasetId): id is keyof typeof made {
  return Object.hasOwn(made, id);
}

async function loadShipped(
  id: ShippedId,
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
function findEntry(manifest: Uint8Array, id: ShippedId): ManifestEntry {
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
