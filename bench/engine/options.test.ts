import { expect, test } from 'vitest';
import { parseOptions, parts, peers, UsageError } from './options.ts';

test('without options: everything, in seven rounds', () => {
  expect(parseOptions([])).toEqual({ quick: false, rounds: 7, threads: [1, 2], parts, peers, gpu: 'software' });
});

test('each option', () => {
  const given = ['--quick', '--rounds', '9', '--threads', '1,4', '--gpu', 'hardware', '--json', 'rows.json'];
  expect(parseOptions(given)).toMatchObject({
    quick: true,
    rounds: 9,
    threads: [1, 4],
    gpu: 'hardware',
    json: 'rows.json',
  });
});

test('--only names parts, peers or both; parts run in their own order', () => {
  expect(parseOptions(['--only', 'webgl,wasm'])).toMatchObject({ parts: ['wasm', 'webgl'], peers });
  expect(parseOptions(['--only', 'torch'])).toMatchObject({ parts, peers: ['torch'] });
  expect(parseOptions(['--only', 'gemm,jax'])).toMatchObject({ parts: ['gemm'], peers: ['jax'] });
});

test('a quick run leaves the presets out, unless it is told to take them', () => {
  expect(parseOptions(['--quick']).parts).toEqual(parts.filter((part) => part !== 'presets'));
  expect(parseOptions(['--quick', '--only', 'presets']).parts).toEqual(['presets']);
});

test.each([
  [['--only', 'metal'], /--only cannot be "metal"/],
  [['--gpu', 'quantum'], /software, hardware/],
  [['--rounds', '0'], /--rounds wants a whole number/],
  [['--rounds', '1e1'], /--rounds/],
  [['--threads', '1,'], /--threads/],
  [['--fast'], /--fast/],
  [['step-wasm'], /step-wasm/],
])('%j is refused in words', (args, words) => {
  expect(() => parseOptions(args)).toThrow(UsageError);
  expect(() => parseOptions(args)).toThrow(words);
});
