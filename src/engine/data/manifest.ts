import * as z from 'zod/mini';
import { DuelError } from '../../config/errors.ts';
import { type EncodingId, encodingIds } from './encoding.ts';

export const manifestPath = 'datasets/manifest.json';

const mostManifestBytes = 64 * 1024;
const text = z.string().check(z.minLength(1), z.maxLength(500));
const count = (most: number) => z.int().check(z.gte(1), z.lte(most));

const entry = z.object({
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
  /** Beside the manifest. Holds the start of its hash, so that no cache serves an older one. */
  file: z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{0,63}\.bin$/)),
  /** Length of the file. */
  bytes: count(16 * 2 ** 20),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** Edge of an image in pixels. */
  size: count(64),
  channels: z.union([z.literal(1), z.literal(3)]),
  train: count(100_000),
  heldOut: count(100_000),
  classes: z.array(z.string().check(z.regex(/^[a-z0-9-]{1,32}$/))).check(z.maxLength(256)),
  encoding: z.enum(encodingIds as [EncodingId, ...EncodingId[]]),
  /** Of the packed images; goes up when they change. */
  version: count(1_000_000),
  credit: text,
  licence: text,
  source: text,
});

const manifest = z.object({
  /** Of this file's form. */
  version: z.literal(1),
  sets: z.array(entry).check(z.maxLength(64)),
});

export type ManifestEntry = z.infer<typeof entry>;
export type Manifest = z.infer<typeof manifest>;

/** Reads `manifest.json`. @throws DuelError `data-manifest` {file, reason} */
export function parseManifest(bytes: Uint8Array): Manifest {
  const refuse = (reason: string, cause?: unknown) =>
    new DuelError('data-manifest', { file: manifestPath, reason }, { cause });
  if (bytes.length > mostManifestBytes) throw refuse('too long');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw refuse('not JSON', cause);
  }
  const parsed = manifest.safeParse(json);
  if (!parsed.success) throw refuse(parsed.error.issues[0]?.path.join('.') || 'form', parsed.error);
  return parsed.data;
}
