import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DuelError } from '../../../config/errors.ts';
import { importSharedMemory, readInitialPages, readSections, readUnsigned, unsigned } from './sharedBinary.ts';

const tfjs = new Uint8Array(
  readFileSync(
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
  ),
);

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, ...body: number[]) => [id, ...unsigned(body.length), ...body];
const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];

/** Type () -> (), import env.f of it, one memory of 1 page exported as `memory`, data 'hi' at 3. */
const small = Uint8Array.from([
  ...header,
  ...section(1, 1, 0x60, 0, 0),
  ...section(2, 1, ...name('env'), ...name('f'), 0, 0),
  ...section(5, 1, 0, 1),
  ...section(7, 1, ...name('memory'), 2, 0),
  ...section(11, 1, 0, 0x41, 3, 0x0b, 2, 0x68, 0x69),
]);

describe('LEB128', () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%i', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
    expect(readUnsigned(Uint8Array.from([9, ...bytes, 9]), 1)).toEqual({ value, end: 1 + bytes.length });
  });

  test.each([
    ['33 bits', [0xff, 0xff, 0xff, 0xff, 0x1f], 'more than 32 bits'],
    ['without end', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 'more than 32 bits'],
    ['cut off', [0x80], 'cut off'],
  ])('%s', (_, bytes, message) => {
    expect(() => readUnsigned(Uint8Array.from(bytes), 0)).toThrow(message);
  });
});

describe("tfjs' SIMD build", () => {
  const initial = readInitialPages(tfjs);

  test('takes a shared memory, and nothing else changes', () => {
    const before = new WebAssembly.Module(tfjs);
    const after = new WebAssembly.Module(importSharedMemory(tfjs, 1024));
    expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before));
    const imports = WebAssembly.Module.imports(before);
    expect(WebAssembly.Module.imports(after)).toEqual([...imports, { module: 'env', name: 'memory', kind: 'memory' }]);
    const untouched = (binary: Uint8Array) => readSections(binary).filter(({ id }) => id !== 2 && id !== 5);
    const [old, now] = [untouched(tfjs), untouched(importSharedMemory(tfjs, 1024))];
    expect(now.map(({ id }) => id)).toEqual(old.map(({ id }) => id));
    for (const [i, { body }] of now.entries()) expect(Buffer.from(body).equals(old[i]?.body as Uint8Array)).toBe(true);
  });

  test('only a memory of its own size and maximum will do', () => {
    const module = new WebAssembly.Module(importSharedMemory(tfjs, 1024));
    const stubs = Object.fromEntries(
      WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0] as [string, unknown]),
    );
    const instantiate = (memory: WebAssembly.Memory) =>
      new WebAssembly.Instance(module, { env: { ...stubs, memory }, wasi_snapshot_preview1: stubs as never });
    const shared = new WebAssembly.Memory({ initial, maximum: 1024, shared: true });
    expect(instantiate(shared).exports.memory).toBe(shared);
    expect(() => instantiate(new WebAssembly.Memory({ initial, maximum: 1024 }))).toThrow(WebAssembly.LinkError);
    expect(() => instantiate(new WebAssembly.Memory({ initial, maximum: 1025, shared: true }))).toThrow(
      WebAssembly.LinkError,
    );
  });
});

test('data lands in the imported memory', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const module = new WebAssembly.Module(importSharedMemory(small, 2));
  const { exports } = new WebAssembly.Instance(module, { env: { memory, f: () => undefined } });
  expect(exports.memory).toBe(memory);
  expect(Array.from(new Uint8Array(memory.buffer, 2, 4))).toEqual([0, 0x68, 0x69, 0]);
});

describe('what it does not expect is refused by name', () => {
  const [types, imports] = [section(1, 1, 0x60, 0, 0), section(2, 1, ...name('env'), ...name('f'), 0, 0)];
  test.each<[string, number[], string]>([
    ['no header', [...header.slice(0, 7), 2], 'no WebAssembly header'],
    ['nothing', [], 'no WebAssembly header'],
    ['no memory', [...header, ...types, ...imports], '0 sections of kind 5'],
    ['no imports', [...header, ...section(5, 1, 0, 1)], '0 sections of kind 2'],
    ['two memories', [...header, ...imports, ...section(5, 2, 0, 1, 0, 1)], '2 memories'],
    ['two sections of memories', [...header, ...imports, ...section(5, 1, 0, 1), ...section(5, 1, 0, 1)], '2 sections'],
    ['a shared memory', [...header, ...imports, ...section(5, 1, 3, 1, 2)], 'shared already'],
    ['a memory of 64 bits', [...header, ...imports, ...section(5, 1, 4, 1)], 'of 64 bits'],
    ['an empty section of memories', [...header, ...imports, ...section(5)], 'cut off'],
    ['a memory above 4 GB', [...header, ...imports, ...section(5, 1, 0, ...unsigned(65537))], 'above 4 GB'],
    ['a section cut off', [...small.subarray(0, small.length - 1)], 'a section is cut off'],
  ])('%s', (_, bytes, message) => {
    expect(() => importSharedMemory(Uint8Array.from(bytes), 2)).toThrow(message);
  });

  test('damaged at random: refused by name, or still a binary of sections', () => {
    const damage = fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { maxLength: 4 });
    const outcomes = { refused: 0, patched: 0 };
    fc.assert(
      fc.property(damage, fc.nat(small.length), (changes, length) => {
        const bytes = small.slice(0, length);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const patched = importSharedMemory(bytes, 2);
          expect(readSections(patched).some(({ id }) => id === 5)).toBe(false);
          outcomes.patched++;
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(DuelError);
          outcomes.refused++;
        }
      }),
      { numRuns: 5000, seed: 3 },
    );
    expect(Math.min(outcomes.refused, outcomes.patched)).toBeGreaterThan(50);
  });
});
