import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const roots = ['src', 'docs', 'e2e', 'bench', 'scripts', 'public'];
const under = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path.replaceAll('\\', '/')}`);
const all = [...roots, ...roots.flatMap(under)];
const known = new Set(all);
const names = new Set(all.map((path) => basename(path)));

/** Whether a path of the repository is there; `*` stands for any name. */
function isThere(path: string): boolean {
  if (!path.includes('*')) return known.has(path);
  const parts = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('[^/]*')}$`);
  return all.some((one) => pattern.test(one));
}

/** The paths that a text names, from the repository's root. */
const pathsIn = (text: string, folders: readonly string[]) =>
  [...text.matchAll(new RegExp(`(?<![\\w./-])(?:${folders.join('|')})/[\\w./*-]*`, 'g'))].map(([path]) =>
    path.replace(/[./]+$/, ''),
  );

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'FEATURES.md',
  ...under('docs').filter((path) => /\.md$/.test(path)),
];

test.each(documents)('every path that %s names is there', (document) => {
  const text = readFileSync(document, 'utf8');
  expect(pathsIn(text, roots).filter((path) => !isThere(path))).toEqual([]);
  // A file named without its folder. x.test.ts and *.test.ts stand for any.
  const bare = [...text.matchAll(/`([\w-]+(?:\.[\w-]+)*\.tsx?)`/g)].map(([, name]) => name as string);
  expect(bare.filter((name) => !name.startsWith('x.') && !names.has(name))).toEqual([]);
});

test('README and CONTRIBUTING name paths at all', () => {
  for (const document of ['README.md', 'CONTRIBUTING.md']) {
    expect(pathsIn(readFileSync(document, 'utf8'), roots).length).toBeGreaterThan(2);
  }
});

test('every document that a comment names is there', () => {
  const sources = all.filter((path) => /\.(tsx?|mjs|css)$/.test(path));
  expect(sources.length).toBeGreaterThan(100);
  const missing = sources.flatMap((file) =>
    pathsIn(readFileSync(file, 'utf8'), ['docs'])
      .filter((path) => !isThere(path))
      .map((path) => `${file}: ${path}`),
  );
  expect(missing).toEqual([]);
});
