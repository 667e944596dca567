import { expect, test } from 'vitest';
import { table } from './table.ts';

test('words to the left, numbers to the right, no trailing blanks', () => {
  const text = table(
    ['work', 'ms', 'peer'],
    [
      ['step', 9, 'a'],
      ['long step', 110, 'bb'],
    ],
  );
  expect(text).toBe(['work        ms  peer', 'step         9  a', 'long step  110  bb'].join('\n'));
});

test('a head alone', () => {
  expect(table(['work', 'ms'], [])).toBe('work  ms');
});
