import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export interface PlainHost {
  /** Of the page: in a folder of its own. */
  readonly address: string;
  /** Answers for a file instead of what was built, from now on; undefined for a file that is gone. */
  readonly replace: (path: string, text: string | undefined) => void;
  readonly close: () => Promise<void>;
}

/** Serves the built page as the simplest of static hosts does: in a sub-folder, with a type and not one header more. */
export async function plainHost(): Promise<PlainHost> {
  const folder = '/some/folder/';
  const replaced = new Map<string, string | undefined>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname === folder ? 'index.html' : normalize(pathname.slice(folder.length));
    try {
      if (!pathname.startsWith(folder) || name.startsWith('..')) throw new Error('not here');
      const body = replaced.has(name) ? replaced.get(name) : await readFile(join('dist', name));
      if (body === undefined) throw new Error('gone');
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}${folder}`,
    replace: (path, text) => void replaced.set(path, text),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
