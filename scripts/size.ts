/**
 * Weighs what the built page loads, gzipped at level 9, and fails over budget. `npm run build && npm run size`.
 *
 * page: the entry and what it imports statically, that is, all that must arrive before Train can be pressed.
 * worker: the trainer and what one backend makes it load on demand; `largestPath`, the most that a backend costs, has the
 * budget. `all` counts chunks too that exclude each other, such as the four builds of the WASM kernels.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';

/** In bytes, of the page's first load and of the worker's largest path; kB here are thousands of bytes, as browsers and bundlers count. */
export const budgets = { page: 180_000, worker: 400_000 } as const;

interface ManifestChunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}
export type Manifest = Readonly<Record<string, ManifestChunk>>;

/** What must be in memory before the page runs: the entries and their static imports, and their style sheets. */
export function firstLoad(manifest: Manifest): { js: string[]; css: string[] } {
  const js = new Set<string>();
  const css = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || js.has(chunk.file)) return;
    js.add(chunk.file);
    for (const sheet of chunk.css ?? []) css.add(sheet);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);
  return { js: [...js], css: [...css] };
}

export interface Links {
  readonly imports: readonly string[];
  readonly later: readonly string[];
}

/** The static and dynamic imports of a built chunk, as paths from dist/. */
export function linksOf(file: string, code: string): Links {
  const { module } = parseSync(file, code);
  // A bare name is no file of ours: code for Node that the browser never reaches.
  const paths = (request: string | undefined) =>
    request?.startsWith('.') ? [posix.join(posix.dirname(file), request)] : [];
  const later = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(code.slice(moduleRequest.start, moduleRequest.end));
    return paths(literal?.[1]);
  });
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => paths(moduleRequest?.value)),
  );
  return {
    imports: [...module.staticImports.flatMap(({ moduleRequest }) => paths(moduleRequest.value)), ...exported],
    later,
  };
}

/** A chunk and all that it imports: statically, or also on demand. */
export function closure(entry: string, links: ReadonlyMap<string, Links>, onDemand = false): Set<string> {
  const found = new Set([entry]);
  for (const file of found) {
    const { imports = [], later = [] } = links.get(file) ?? {};
    for (const next of onDemand ? [...imports, ...later] : imports) found.add(next);
  }
  return found;
}

/** What the worker fetches at its start, and with each chunk that it then loads on demand, such as one backend. */
export function workerPaths(entry: string, links: ReadonlyMap<string, Links>): Map<string, Set<string>> {
  const base = closure(entry, links);
  // Chunks import the entry back, where shared code ended up in it; its own on-demand chunks are not theirs.
  const beyond = new Map([...links].filter(([file]) => !base.has(file)));
  const paths = new Map([[entry, base]]);
  for (const file of base) {
    for (const later of links.get(file)?.later ?? []) {
      paths.set(later, new Set([...base, ...closure(later, beyond, true)]));
    }
  }
  return paths;
}

function weigh(dist: string) {
  const gz = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  const total = (files: Iterable<string>) => [...new Set(files)].reduce((bytes, file) => bytes + gz(file), 0);
  const list = (folder: string) =>
    existsSync(join(dist, folder)) ? readdirSync(join(dist, folder)).map((name) => `${folder}/${name}`) : [];
  const rows = (files: readonly string[]) => Object.fromEntries(files.map((file) => [file, gz(file)]));

  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  const first = firstLoad(manifest);
  const lazy = Object.values(manifest).map(({ file }) => file);
  const workerFiles = list('worker').filter((file) => file.endsWith('.js'));
  const links = new Map(workerFiles.map((file) => [file, linksOf(file, readFileSync(join(dist, file), 'utf8'))]));
  const entry = workerFiles.find((file) => /\.worker-[\w-]+\.js$/.test(file));
  const paths = entry ? workerPaths(entry, links) : new Map<string, Set<string>>();
  const assets = list('assets');
  const fonts = assets.filter((file) => file.endsWith('.woff2'));
  return {
    unit: 'bytes, gzip -9',
    page: { js: total(first.js), css: total(first.css), files: rows(first.js) },
    later: rows(lazy.filter((file) => file.endsWith('.js') && !first.js.includes(file))),
    worker: {
      all: total(workerFiles),
      largestPath: Math.max(0, ...[...paths.values()].map(total)),
      paths: Object.fromEntries([...paths].map(([name, files]) => [name, total(files)])),
    },
    fonts: { files: fonts.length, bytes: total(fonts), note: 'a browser fetches only those it draws with' },
    wasm: rows(assets.filter((file) => file.endsWith('.wasm'))),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const sizes = weigh('dist');
  console.log(JSON.stringify({ ...sizes, budgets }, null, 2));
  const over: string[] = [];
  if (sizes.page.js === 0) over.push('the page has no script');
  if (sizes.worker.all === 0) over.push('no worker was built');
  if (sizes.page.js > budgets.page) over.push(`page: ${sizes.page.js} bytes of ${budgets.page}`);
  const { largestPath } = sizes.worker;
  if (largestPath > budgets.worker) over.push(`worker: ${largestPath} bytes of ${budgets.worker}`);
  for (const line of over) console.error(`over budget, ${line}`);
  if (over.length > 0) process.exitCode = 1;
}
