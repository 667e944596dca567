/**
 * Holds the arrows of the house: features -> ui/state -> client -> worker -> engine -> config, and no tfjs on the page.
 *
 * Biome's `noRestrictedImports` cannot tell `import type` from `import`, nor follow a chain of files, and both matter
 * here: the page may name the engine's types but must never load them. So this reads the imports with the parser that
 * Vite builds with. `npm run lint` runs it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'vite';

interface Reach {
  /** Layers whose code may run here. */
  readonly run: readonly string[];
  /** Further layers of which only types may be named. */
  readonly types?: readonly string[];
}

/** Every folder of src/, and what it may import beside itself. `root` is main.tsx and whatever stands next to it. */
export const arrows: Readonly<Record<string, Reach>> = {
  config: { run: [] },
  engine: { run: ['config'] },
  worker: { run: ['engine', 'config'] },
  'service-worker': { run: ['config'] },
  client: { run: ['config'], types: ['worker', 'engine'] },
  state: { run: ['client', 'config'], types: ['worker', 'engine'] },
  i18n: { run: ['config'] },
  ui: { run: ['i18n', 'config'] },
  features: { run: ['ui', 'state', 'client', 'i18n', 'config'], types: ['worker', 'engine'] },
  root: { run: ['features', 'ui', 'state', 'client', 'i18n', 'config'] },
};

/**
 * Files that may run what their layer may only name. The protocol is data shared by both sides of the worker; models,
 * objectives and regularisers are tables of layers and formulas that the page shows as well; the inline client runs the engine in its own
 * thread, for tests. None lets tfjs onto the page: see {@link loadsTfjs}.
 */
const shared = /^src\/worker\/protocol(\.[\w-]+)?\.ts$|^src\/engine\/(models|objectives|regularizers)\/index\.ts$/;
const inline = /^src\/client\/inline[\w-]*\.ts$/i;
const pageLayers = ['client', 'state', 'ui', 'i18n', 'features', 'root'];
const isTest = (file: string) => /\.test\.tsx?$/.test(file);

export interface Import {
  readonly from: string;
  /** A path from the repository's root, or a package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** The imports of one file, static and dynamic. `import { type A }` counts as run time: it still loads the module. */
export function importsOf(file: string, source: string): Import[] {
  const { module, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const found: Import[] = [];
  const add = (request: string, typeOnly: boolean) => {
    const bare = request.replace(/\?.*$/, '');
    found.push({ from: file, to: bare.startsWith('.') ? posix.join(dirname(file), bare) : bare, typeOnly });
  };
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const named = entries.length > 0 && entries.every((entry) => entry.isType);
    add(moduleRequest.value, named && /^import\s+type\b/.test(source.slice(start)));
  }
  for (const { entries } of module.staticExports) {
    for (const entry of entries) if (entry.moduleRequest) add(entry.moduleRequest.value, entry.isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2]) add(literal[2], false);
  }
  return found;
}

function layerOf(path: string): string | undefined {
  const parts = path.split('/');
  if (parts[0] !== 'src') return undefined;
  return parts.length === 2 ? 'root' : parts[1];
}

function wrongArrow({ from, to, typeOnly }: Import): string | undefined {
  const layer = layerOf(from) ?? '';
  const reach = arrows[layer];
  if (!reach) return `src/${layer}/ has no row in the table of scripts/check-arrows.ts`;
  if (to.startsWith('@tensorflow/')) {
    const free = typeOnly || isTest(from) || inline.test(from) || !pageLayers.includes(layer);
    if (!free) return 'the page must not load tfjs; `import type` is fine';
    return layer === 'config' ? 'src/config knows nothing of tfjs' : undefined;
  }
  const target = layerOf(to);
  if (target === undefined)
    return /^\.\.?\/|^(e2e|bench|scripts)\//.test(to) ? 'src must not import outside src' : undefined;
  if (target === layer || reach.run.includes(target)) return undefined;
  if (!reach.types?.includes(target)) return `${layer} must not know ${target}`;
  if (typeOnly || isTest(from) || inline.test(from) || shared.test(to)) return undefined;
  return `${layer} may name the types of ${target}, not load it; use \`import type\``;
}

/** The chain of run-time imports from an entry to tfjs, or undefined. */
export function loadsTfjs(entry: string, imports: readonly Import[]): string[] | undefined {
  const chains = [[entry]];
  const seen = new Set([entry]);
  for (const chain of chains) {
    for (const { from, to, typeOnly } of imports) {
      if (from !== chain.at(-1) || typeOnly || seen.has(to)) continue;
      if (to.startsWith('@tensorflow/')) return [...chain, to];
      seen.add(to);
      chains.push([...chain, to]);
    }
  }
  return undefined;
}

/** Everything wrong with the imports of a set of files, one line each. */
export function check(files: ReadonlyMap<string, string>): string[] {
  const imports = [...files].flatMap(([file, source]) => importsOf(file, source));
  const wrong = imports.flatMap((one) => {
    const reason = wrongArrow(one);
    return reason ? [`${one.from} -> ${one.to}: ${reason}`] : [];
  });
  const chain = loadsTfjs('src/main.tsx', imports);
  if (chain) wrong.push(`the page loads tfjs: ${chain.join(' -> ')}`);
  return wrong;
}

/** The TypeScript sources under a folder, by their path from `root`. */
export function sourcesUnder(root: string, folder: string): Map<string, string> {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name));
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes('/assembly/'));
  return new Map(paths.map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = sourcesUnder(process.cwd(), 'src');
  const wrong = check(files);
  for (const line of wrong) console.error(line);
  console.log(`arrows: ${files.size} files, ${wrong.length} wrong imports`);
  if (files.size === 0 || wrong.length > 0) process.exitCode = 1;
}
