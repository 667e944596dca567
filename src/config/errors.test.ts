import { expect, test } from 'vitest';
import { DuelError, errorCodes, toFailure } from './errors.ts';

test('each code is listed once', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
});

test('a named error keeps its code and details, through a structured clone too', () => {
  const failure = toFailure(new DuelError('data-truncated', { file: 'datasets/x.bin', expected: 10, got: 9 }));
  expect(structuredClone(failure)).toEqual({
    code: 'data-truncated',
    detail: { file: 'datasets/x.bin', expected: 10, got: 9 },
  });
});

test('its message is readable where nobody words it', () => {
  expect(new DuelError('data-truncated', { file: 'x', got: 9 }).message).toBe('data-truncated (file: x, got: 9)');
  expect(new DuelError('backend-none').message).toBe('backend-none');
  const cause = new Error('socket');
  expect(new DuelError('data-network', {}, { cause }).cause).toBe(cause);
});

test.each<[unknown, string]>([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['a word', 'a word'],
  [undefined, 'undefined'],
  [null, 'null'],
  [42, '42'],
  [{ toString: () => 'an object' }, 'an object'],
])('what nobody foresaw is internal: %s', (thrown, message) => {
  expect(toFailure(thrown)).toEqual({ code: 'internal', detail: { message } });
});
