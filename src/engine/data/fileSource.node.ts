import { readFile } from 'node:fs/promises';
import { DuelError } from '../../config/errors.ts';
import type { DataSource } from './source.ts';

const publicFolder = new URL('../../../public/', import.meta.url);

/** Files from a folder, for Node. Without an argument, the repository's `public/`. The URL ends in a slash. */
export function fileSource(folder: URL = publicFolder): DataSource {
  return async (path, onProgress, signal) => {
    try {
      const bytes = new Uint8Array(await readFile(new URL(path, folder), signal ? { signal } : {}));
      onProgress?.(bytes.length, bytes.length);
      return bytes;
    } catch (reason) {
      if (signal?.aborted) throw signal.reason;
      throw new DuelError('data-missing', { file: path }, { cause: reason });
    }
  };
}
