import { expect, test } from 'vitest';
import type { Links } from './size.ts';
import { closure, firstLoad, linksOf, workerPaths } from './size.ts';

test('the first load is the entry with its static imports and style sheets, each once; lazy chunks stay out', () => {
  const manifest = {
    'index.html': {
      file: 'a.js',
      isEntry: true,
      imports: ['_b.js', '_c.js'],
      dynamicImports: ['charts'],
      css: ['a.css'],
    },
    '_b.js': { file: 'b.js', imports: ['_c.js'], css: ['b.css'] },
    '_c.js': { file: 'c.js', imports: ['_b.js'] },
    charts: { file: 'charts.js', imports: ['_b.js'], css: ['charts.css'] },
  };
  expect(firstLoad(manifest)).toEqual({ js: ['a.js', 'b.js', 'c.js'], css: ['a.css', 'b.css'] });
});

test('reads the links of a minified chunk, leaving out bare names', () => {
  const code = `import{a as e}from"./core-1.js";import"./side.js";export{x}from"./re.js";const n=()=>import("./wasm-2.js"),m=()=>import(\`./gpu-3.js\`),o=()=>import("node-only");e(n,m)`;
  expect(linksOf('worker/trainer.worker-0.js', code)).toEqual({
    imports: ['worker/core-1.js', 'worker/side.js', 'worker/re.js'],
    later: ['worker/wasm-2.js', 'worker/gpu-3.js'],
  });
});

test('a backend costs the entry, its own chunk and what both import, shared chunks once', () => {
  const links = new Map<string, Links>([
    ['entry', { imports: ['core'], later: [] }],
    ['core', { imports: [], later: ['wasm', 'gpu'] }],
    ['wasm', { imports: ['core', 'shared'], later: ['binary'] }],
    ['gpu', { imports: ['entry'], later: [] }],
  ]);
  expect([...closure('gpu', links)]).toEqual(['gpu', 'entry', 'core']);
  const paths = workerPaths('entry', links);
  expect([...(paths.get('wasm') ?? [])].sort()).toEqual(['binary', 'core', 'entry', 'shared', 'wasm']);
  expect([...(paths.get('gpu') ?? [])].sort()).toEqual(['core', 'entry', 'gpu']);
  expect([...(paths.get('entry') ?? [])].sort()).toEqual(['core', 'entry']);
  expect(paths.size).toBe(3);
});
