import { DuelError } from '../../config/errors.ts';
import type { ManifestEntry } from './manifest.ts';

/** That a shipped file is what was promised. @throws DuelError `data-truncated` {file, expected, got}; `data-damaged` {file} */
export async function checkBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { bytes: expected, sha256 }: Pick<ManifestEntry, 'bytes' | 'sha256'>,
  file: string,
): Promise<void> {
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
