import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileSource } from './fileSource.node.ts';
import { fetchSource } from './source.ts';

const body = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256));

const answers: Record<string, RequestListener> = {
  '/duel/whole.bin': (_, response) => response.writeHead(200, { 'content-length': body.length }).end(body),
  '/duel/unannounced.bin': (_, response) => response.writeHead(200).end(body),
  '/duel/encoded.bin': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body)),
  '/duel/page.bin': (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
  '/duel/broken.bin': (_, response) => response.writeHead(503).end(),
  '/duel/cut.bin': (_, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 1000), () => response.destroy());
  },
  '/duel/slow.bin': (_, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 1000));
  },
  '/duel/endless.bin': (_, response) => {
    const chunk = new Uint8Array(4 * 2 ** 20);
    const send = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', send);
    send();
  },
};

const server = createServer((request, response) => {
  const answer = answers[request.url ?? ''];
  if (answer) answer(request, response);
  else response.writeHead(404).end();
});
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/duel/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('fetches a file below the page and reports its bytes', async () => {
  const seen: number[][] = [];
  expect(body.equals(await fetchSource(base)('whole.bin', (...progress) => seen.push(progress)))).toBe(true);
  expect(seen.at(-1)).toEqual([body.length, body.length]);
  const loaded = seen.map(([bytes]) => bytes!);
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
});

test.each(['unannounced.bin', 'encoded.bin'])('%s: bytes without a total', async (path) => {
  const totals = new Set<number>();
  expect(body.equals(await fetchSource(base)(path, (_, total) => totals.add(total)))).toBe(true);
  expect(totals).toEqual(new Set([0]));
});

test.each([
  ['absent.bin', { code: 'data-missing', detail: { file: 'absent.bin' } }],
  ['page.bin', { code: 'data-missing', detail: { file: 'page.bin' } }],
  ['broken.bin', { code: 'data-network', detail: { file: 'broken.bin', status: 503 } }],
  ['cut.bin', { code: 'data-network', detail: { file: 'cut.bin' } }],
  ['endless.bin', { code: 'data-damaged', detail: { file: 'endless.bin' } }],
])('%s is a named error', async (path, error) => {
  await expect(fetchSource(base)(path)).rejects.toMatchObject(error);
});

test('a server that is not there is a network error', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const source = fetchSource(`http://127.0.0.1:${port}/`);
  await expect(source('whole.bin')).rejects.toMatchObject({ code: 'data-network', detail: { file: 'whole.bin' } });
});

test('aborting stops a download with the reason given', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const loading = fetchSource(base)('slow.bin', () => abort.abort(reason), abort.signal);
  await expect(loading).rejects.toBe(reason);
});

test('files on disk: bytes, a missing one, an aborted read', async () => {
  const source = fileSource(new URL('./', import.meta.url));
  const seen: number[][] = [];
  const bytes = await source('source.test.ts', (...progress) => seen.push(progress));
  expect(new TextDecoder().decode(bytes)).toContain('files on disk');
  expect(seen).toEqual([[bytes.length, bytes.length]]);
  await expect(source('absent.ts')).rejects.toMatchObject({ code: 'data-missing', detail: { file: 'absent.ts' } });
  const reason = new Error('enough');
  await expect(source('source.test.ts', undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
});
