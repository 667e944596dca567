import { DuelError } from '../../config/errors.ts';

/** Bytes so far, and bytes in all or 0 where that is not known. */
export type Progress = (loaded: number, total: number) => void;

/**
 * Where shipped files come from: a path relative to the page, such as `datasets/fashion.png`, to its bytes.
 *
 * Rejects with a DuelError `data-missing` {file} or `data-network` {file}, or with the signal's reason when aborted.
 */
export type DataSource = (
  path: string,
  onProgress?: Progress,
  signal?: AbortSignal,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Far above any file that ships: a server that never stops sending must not fill the memory. */
const mostBytes = 64 * 2 ** 20;

/**
 * Files by `fetch`.
 *
 * @param baseUrl the page's absolute address. A worker resolves relative addresses against its own script, not the page.
 * @param init how to fetch, for instance `{ cache: 'reload' }` to pass over a damaged cache entry.
 */
export function fetchSource(baseUrl: string | URL, init: RequestInit = {}): DataSource {
  return async (path, onProgress, signal) => {
    try {
      const response = await fetch(new URL(path, baseUrl), { ...init, ...(signal ? { signal } : {}) });
      if (response.status === 404 || response.status === 410) throw new DuelError('data-missing', { file: path });
      if (!response.ok) throw new DuelError('data-network', { file: path, status: response.status });
      // Servers of one-page applications answer a missing file with the page.
      if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) {
        throw new DuelError('data-missing', { file: path });
      }
      return await collect(response, path, onProgress);
    } catch (reason) {
      if (signal?.aborted || reason instanceof DuelError) throw reason;
      throw new DuelError('data-network', { file: path }, { cause: reason });
    }
  };
}

async function collect(response: Response, path: string, onProgress?: Progress): Promise<Uint8Array<ArrayBuffer>> {
  // With a content encoding the header counts compressed bytes, the stream decoded ones.
  const encoded = response.headers.has('content-encoding');
  const total = encoded ? 0 : Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const read = await reader?.read();
    if (!read || read.done) break;
    chunks.push(read.value);
    loaded += read.value.length;
    if (loaded > mostBytes) {
      await reader?.cancel();
      throw new DuelError('data-damaged', { file: path });
    }
    onProgress?.(loaded, total);
  }
  const bytes = new Uint8Array(loaded);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
