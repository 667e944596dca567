import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DuelError } from '../../config/errors.ts';
import { fitPoints, mostPoints, pointsReach } from '../../config/worlds.ts';
import { mostCsvBytes, parsePoints } from './csv.ts';

const read = (text: string) => [...parsePoints(text).points];
const corners = [-pointsReach, -pointsReach, pointsReach, pointsReach].map(Math.fround);

function codeOf(text: string): string {
  try {
    parsePoints(text);
    return 'read';
  } catch (thrown) {
    return thrown instanceof DuelError ? thrown.code : 'unnamed';
  }
}

describe('what can be written in a file of points', () => {
  test.each([
    ['commas', '0,0\n1,1'],
    ['a header', 'left,right\n0,0\n1,1'],
    ['a header that names its columns', 'label,y,x\n7,0,0\n7,1,1'],
    ['semicolons', '0;0\n1;1'],
    ['decimal commas between semicolons', '0,0;0,0\n1,0;1,0'],
    ['tabs', '0\t0\n1\t1'],
    ['spaces', '0 0\n1   1'],
    ['quotes', '"x","y"\n"0","0"\n"1","1"'],
    ['a byte order mark, CRLF and empty lines', '\uFEFF0,0\r\n\r\n1,1\r\n'],
    ['exponents and signs', '-1e1,-10\n+.1e+2,1E1'],
    ['more columns', '0,0,red\n1,1,blue'],
  ])('%s', (_, text) => expect(read(text)).toEqual(corners));

  test('both axes are scaled alike', () =>
    expect(read('0,0\n10,1')).toEqual([-1, -0.1, 1, 0.1].map((share) => Math.fround(share * pointsReach))));

  test('one place twice is the middle', () => expect(read('5,5\n5,5')).toEqual([0, 0, 0, 0]));
});

test('lines that are no points are skipped, counted, and the first few named with their lines', () => {
  const text = ['x,y', '0,0', 'a,b', '1,', '0x10,1', 'NaN,1', '1e999,1', '1', '1,1'].join('\n');
  const { points, skipped, named, over } = parsePoints(text);
  expect([...points]).toEqual(corners);
  expect({ skipped, over }).toEqual({ skipped: 6, over: 0 });
  expect(named).toHaveLength(5);
  expect(named[0]).toEqual({ line: 3, text: 'a,b' });
  expect(named[4]).toEqual({ line: 7, text: '1e999,1' });
});

test('only the first line can be a header', () => {
  expect(parsePoints('x,y\nx,y\n0,0\n1,1').skipped).toBe(1);
  expect(parsePoints('0,0\nx,y\n1,1').skipped).toBe(1);
});

test('rows over the limit are left out and counted', () => {
  const rows = Array.from({ length: mostPoints + 3 }, (_, i) => `${i},0`).join('\n');
  const { points, over } = parsePoints(rows);
  expect(points).toHaveLength(2 * mostPoints);
  expect(over).toBe(3);
});

test('what cannot be used has a name', () => {
  expect(codeOf('')).toBe('points-none');
  expect(codeOf('x,y')).toBe('points-none');
  expect(codeOf('1,1')).toBe('points-none');
  expect(codeOf('<html><body>not found</body></html>')).toBe('points-none');
  expect(codeOf('1,1\n'.repeat(mostCsvBytes / 4 + 1))).toBe('points-too-large');
});

describe('whatever the text', () => {
  const cell = fc.oneof(
    fc.double().map(String),
    fc.integer().map(String),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('', 'NaN', 'Infinity', '1,5', '"2"', '1e308', '-1e308'),
  );
  const line = fc
    .tuple(fc.array(cell, { maxLength: 4 }), fc.constantFrom(',', ';', '\t', ' '))
    .map(([c, s]) => c.join(s));
  const file = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.array(line, { maxLength: 40 }).map((l) => l.join('\n')),
  );

  test('it is read to points within reach, or refused by name', () => {
    fc.assert(
      fc.property(file, (text) => {
        try {
          const { points, skipped, named } = parsePoints(text);
          expect(points.length).toBeGreaterThanOrEqual(4);
          for (const value of points) expect(Math.abs(value)).toBeLessThanOrEqual(pointsReach * 1.000001);
          expect(named.length).toBe(Math.min(5, skipped));
        } catch (thrown) {
          if (!(thrown instanceof DuelError)) throw thrown;
          expect(thrown.code).toBe('points-none');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('points written as CSV come back as they were, centred and scaled', () => {
    const finite = fc.double({ noNaN: true, min: -1e30, max: 1e30 });
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite), { minLength: 2, maxLength: 30 }), (pairs) => {
        const text = pairs.map(([x, y]) => `${x},${y}`).join('\n');
        expect(parsePoints(text).points).toEqual(fitPoints(pairs.flat()));
      }),
    );
  });
});
