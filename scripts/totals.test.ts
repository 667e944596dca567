import { expect, test } from 'vitest';
import { playwrightTotals, vitestTotals } from './totals.ts';

test('Vitest: passed and failed tests', () => {
  expect(vitestTotals({ success: true, numPassedTests: 7, numFailedTests: 0 })).toEqual({ passed: 7, failed: 0 });
  expect(vitestTotals({ success: false, numPassedTests: 5, numFailedTests: 2 })).toEqual({ passed: 5, failed: 2 });
});

test('Vitest: a file that does not load is a failure, though no test failed', () => {
  expect(vitestTotals({ success: false, numPassedTests: 5, numFailedTests: 0 })).toEqual({ passed: 5, failed: 1 });
});

test('Playwright: flaky tests and errors outside tests are failures', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 3 };
  expect(playwrightTotals({ stats, errors: [{ message: 'no server' }] })).toEqual({ passed: 4, failed: 4 });
  expect(playwrightTotals({ stats: { ...stats, unexpected: 0, flaky: 0 }, errors: [] })).toEqual({
    passed: 4,
    failed: 0,
  });
});

test('a report without its counts is an error, not zero', () => {
  expect(() => vitestTotals({ success: true })).toThrow('numPassedTests');
  expect(() => playwrightTotals({ errors: [] })).toThrow('stats.unexpected');
  expect(() => playwrightTotals(null)).toThrow();
});
