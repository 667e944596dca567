import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { race } from './measure.ts';
import { adapterKey, recall, remember } from './remember.ts';
import type { Runtime } from './runtime.ts';
import { broken, listen, startPoisoned } from './testing.ts';
import { all, families, startingChoice, variants } from './variants.ts';

let runtime: Runtime;
let complaints: () => string[];

beforeAll(async () => {
  runtime = await startPoisoned();
  complaints = listen(runtime);
});

afterAll(() => expect(complaints()).toEqual([]));

const patient = { budget: 600_000, batch: 1, atLeast: 0 };

describe('the race of the variants', () => {
  test('measures all, takes the faster ones, and leaves nothing behind', async () => {
    const { numTensors } = tf.memory();
    const { choice, complete, times } = await race(runtime, patient);
    expect(complete).toBe(true);
    expect(Object.keys(times).length).toBe(families.length * variants.length);
    for (const family of families) {
      const [registers, tiles] = [times[`${family} registers`] as number, times[`${family} tiles`] as number];
      expect(registers).toBeGreaterThan(0);
      expect(Math.max(registers, tiles)).toBeLessThan(Number.POSITIVE_INFINITY);
      expect(choice[family]).toBe(tiles < registers ? 'tiles' : 'registers');
    }
    expect(runtime.choice).toEqual(startingChoice);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('without time, it stays with what is safe, and says that it is not done', async () => {
    expect(await race(runtime, { ...patient, budget: -1 })).toEqual({
      choice: startingChoice,
      complete: false,
      times: {},
    });
  });

  /** Every shader of a variant, or of all, is replaced by something else. */
  const shadersAre = (variant: string, change: (code: string) => string) => ({
    createShaderModule: (original: GPUDevice['createShaderModule']) => (descriptor: GPUShaderModuleDescriptor) =>
      original(descriptor.label?.includes(variant) ? { ...descriptor, code: change(descriptor.code) } : descriptor),
  });

  test.each<[string, (code: string) => string]>([
    ['does not compile', (code) => `${code} nonsense`],
    ['writes nothing', (code) => code.replaceAll('if (start >= 0)', 'if (start < -5)')],
    ['computes wrongly', (code) => code.replaceAll('k < 8', 'k < 7')],
  ])('a variant that %s is out', async (_, change) => {
    await broken(runtime, shadersAre('tiles', change), async (fresh) => {
      const { choice, times } = await race(fresh, patient);
      expect(times['conv tiles']).toBe(Number.POSITIVE_INFINITY);
      expect(choice).toEqual(all('registers'));
    });
  });

  test('the first is held to the same as the second', async () => {
    const wrong = (code: string) => code.replaceAll('let tapX = s % kernelWidth', 'let tapX = (s + 1) % kernelWidth');
    await broken(runtime, shadersAre('registers', wrong), async (fresh) => {
      const { choice, times } = await race(fresh, patient);
      expect(times['conv registers']).toBe(Number.POSITIVE_INFINITY);
      expect(times['conv tiles']).toBeLessThan(Number.POSITIVE_INFINITY);
      expect(choice.conv).toBe('tiles');
    });
  });

  test('where all compute the same wrong product, none is right', async () => {
    const wrong = (code: string) => code.replaceAll('let tapX = s % kernelWidth', 'let tapX = (s + 1) % kernelWidth');
    await broken(runtime, shadersAre('', wrong), async (fresh) => {
      await expect(race(fresh, patient)).rejects.toMatchObject({ code: 'backend-unavailable' });
    });
  });

  test('where none computes, the backend is unavailable by name', async () => {
    const createShaderModule = (original: GPUDevice['createShaderModule']) => (descriptor: GPUShaderModuleDescriptor) =>
      original({ ...descriptor, code: 'nonsense' });
    await broken(runtime, { createShaderModule }, async (fresh) => {
      await expect(race(fresh, patient)).rejects.toMatchObject({ code: 'backend-unavailable' });
    });
  });
});

describe('a choice is remembered', () => {
  const info = { vendor: 'v', architecture: 'a', device: 'd', description: 'x|y' } as GPUAdapterInfo;
  const key = adapterKey(info);

  test('for one device', async () => {
    expect(await recall(key)).toBeUndefined();
    const choice = { ...all('registers'), conv: 'tiles' } as const;
    await remember(key, choice);
    expect(await recall(key)).toEqual(choice);
    expect(await recall(adapterKey({ ...info, device: 'e' }))).toBeUndefined();
  });

  test.each([
    ['no JSON', '{'],
    ['not an object', '[]'],
    ['null', 'null'],
    ['a family too few', JSON.stringify({ conv: 'tiles' })],
    ['a family too many', JSON.stringify({ ...all('tiles'), more: 'tiles' })],
    ['an unknown variant', JSON.stringify({ ...all('tiles'), conv: 'magic' })],
    ['too long', JSON.stringify({ ...all('tiles') }).padEnd(501)],
  ])('what is stored may be anything: %s', async (_, text) => {
    await remember(key, all('tiles'));
    const cache = await caches.open('duel-webgpu-variants');
    const [address] = await cache.keys();
    await cache.put(address as Request, new Response(text));
    expect(await recall(key)).toBeUndefined();
  });

  test('where storage is denied, nothing is, and nothing breaks', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    await remember(key, all('tiles'));
    expect(await recall(key)).toBeUndefined();
    vi.unstubAllGlobals();
  });

  afterAll(() => caches.delete('duel-webgpu-variants'));
});
