import { expect, test } from 'vitest';
import { importsOf, sourcesUnder } from './check-arrows.ts';
import { browserTestPackages } from './worker-packages.ts';

test('the browser tests bundle at their start every package that they reach', () => {
  const sources = sourcesUnder(process.cwd(), 'src');
  const reached = [...sources.keys()].filter((file) => file.endsWith('.gpu.test.ts'));
  expect(reached.length).toBeGreaterThan(0);
  const packages = new Set<string>();
  for (const file of reached) {
    for (const { to, typeOnly } of importsOf(file, sources.get(file) ?? '')) {
      if (typeOnly || reached.includes(to)) continue;
      if (sources.has(to)) reached.push(to);
      else if (!/^(src|public)\/|^node:|^vitest|\.(wasm|css)$/.test(to)) packages.add(to);
    }
  }
  expect(packages).toContain('recharts');
  // An icon is one small module that needs no bundling.
  const listed = (name: string) => browserTestPackages.includes(name) || name.startsWith('lucide-react/icons/');
  expect([...packages].filter((name) => !listed(name))).toEqual([]);
});
