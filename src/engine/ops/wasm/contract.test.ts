/** What both sides of the WASM boundary must agree on, and neither can import from the other. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KERNEL } from './kernelIds.ts';
import { FLOATS, LAYOUTS } from './layouts.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const assembly = readdirSync(new URL('assembly/', folder))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => read(`assembly/${name}`))
  .join('\n');

test('kernels have the numbers of the cases of run', () => {
  const cases = [...read('assembly/index.ts').matchAll(/case (\d+): return (\w+)\(job, scratch, from, to\);/g)];
  expect(Object.fromEntries(cases.map(([, number, name]) => [name, Number(number)]))).toEqual(KERNEL);
});

interface Field {
  readonly name: string;
  readonly type: string;
}

const classes = new Map<string, { readonly base: string | undefined; readonly own: Field[] }>();
for (const [, name, base, body] of assembly.matchAll(
  /@unmanaged\s+(?:export )?class (\w+)(?: extends (\w+))? \{(.*?)\n\}/gs,
)) {
  const own = [...(body as string).matchAll(/^ {2}(\w+): (\w+);$/gm)].map(([, field, type]) => ({
    name: field as string,
    type: type as string,
  }));
  classes.set(name as string, { base, own });
}

/** Fields of a class, those of its base first. */
function fieldsOf(name: string | undefined): readonly Field[] {
  const { base, own = [] } = classes.get(name ?? '') ?? {};
  return name === undefined ? [] : [...fieldsOf(base), ...own];
}

describe('parameter blocks are laid out as their classes', () => {
  test('of which there are as many', () => {
    expect([...classes.keys()].filter((name) => name !== 'Rows').sort()).toEqual(Object.keys(LAYOUTS).sort());
  });

  test.each(Object.entries(LAYOUTS))('%s', (name, fields) => {
    const inAssembly = fieldsOf(name);
    expect(inAssembly.map((field) => field.name)).toEqual(fields.split(' '));
    for (const { name: field, type } of inAssembly) {
      expect(['i32', 'usize', 'f32']).toContain(type);
      expect(FLOATS.has(field), field).toBe(type === 'f32');
    }
  });
});

/** The value of a whole-number constant. */
function constant(source: string, name: string): number {
  const [, value] = new RegExp(`const ${name}(?:: i32)? = (\\d+);`).exec(source) ?? [];
  return Number(value);
}

test.each([
  ['ROWS', 'tile.ts', 'tiles.ts'],
  ['COLUMNS', 'tile.ts', 'tiles.ts'],
  ['SPILL', 'tile.ts', 'tiles.ts'],
  ['ENTRY', 'tile.ts', 'tiles.ts'],
  ['STRIP', 'rows.ts', 'rowsLayout.ts'],
  ['STRIP', 'vector.ts', 'matmulKernel.ts'],
  ['BLOCK', 'adam.ts', 'optimizerKernels.ts'],
  ['FOLD', 'filterGrad.ts', 'filterKernel.ts'],
])('%s of assembly/%s is that of %s', (name, inAssembly, onHost) => {
  const value = constant(read(`assembly/${inAssembly}`), name);
  expect(value).toBeGreaterThan(0);
  expect(constant(read(onHost), name)).toBe(value);
});
