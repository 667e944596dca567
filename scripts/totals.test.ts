import { expect, test } from 'vitest';
import { playwrightTotals, vitestTotals } from './totals.ts';

const vitest = (changes: object = {}) =>
  vitestTotals({
    ...{ success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
    ...changes,
  });

test('Vitest: passed and failed tests', () => {
  expect(vitest()).toEqual({ passed: 7, failed: 0, faults: [] });
  expect(vitest({ success: false, numPassedTests: 5, numFailedTests: 2 })).toMatchObject({ passed: 5, failed: 2 });
});

test('Vitest: a file that does not load is a failure, though no test failed', () => {
  expect(vitest({ success: false })).toMatchObject({ passed: 7, failed: 1 });
});

test('Vitest: skipped tests, tests to do and no test at all are failures', () => {
  expect(vitest({ numPendingTests: 2 })).toEqual({ passed: 7, failed: 1, faults: ['vitest: 2 skipped'] });
  expect(vitest({ numTodoTests: 1 })).toMatchObject({ failed: 1 });
  expect(vitest({ numPassedTests: 0 })).toEqual({ passed: 0, failed: 1, faults: ['vitest: no test passed'] });
});

type Status = 'expected' | 'unexpected' | 'flaky' | 'skipped';

/** As Playwright reports it: the first test of each project in a file, the others in a group within it. */
function playwright(projects: Readonly<Record<string, readonly Status[]>>, errors: readonly object[] = []) {
  const all = Object.values(projects).flat();
  const stats = Object.fromEntries(
    (['expected', 'unexpected', 'flaky', 'skipped'] as const).map((status) => [
      status,
      all.filter((one) => one === status).length,
    ]),
  );
  const specs = (from: number, to?: number) =>
    Object.entries(projects).flatMap(([projectName, statuses]) =>
      statuses.slice(from, to).map((status) => ({ tests: [{ projectName, status }] })),
    );
  const suites = [{ specs: specs(0, 1), suites: [{ specs: specs(1) }] }];
  return playwrightTotals({
    config: { projects: Object.keys(projects).map((name) => ({ name })) },
    stats,
    suites,
    errors,
  });
}

test('Playwright: flaky tests and errors outside tests are failures', () => {
  expect(playwright({ a: ['expected', 'expected'], b: ['expected'] })).toEqual({ passed: 3, failed: 0, faults: [] });
  const bad = playwright({ a: ['expected', 'unexpected', 'flaky', 'flaky'] }, [{ message: 'no server' }]);
  expect(bad).toMatchObject({ passed: 1, failed: 4 });
});

test('Playwright: a skipped test, and a project without a passed one, are failures', () => {
  expect(playwright({ a: ['expected', 'skipped'] })).toEqual({ passed: 1, failed: 1, faults: ['a: 1 skipped'] });
  expect(playwright({ a: ['expected'], b: [] })).toEqual({ passed: 1, failed: 1, faults: ['b: no test passed'] });
});

test('a report without its counts is an error, not zero', () => {
  expect(() => vitestTotals({ success: true })).toThrow('numPassedTests');
  expect(() => playwrightTotals({ errors: [] })).toThrow('stats.unexpected');
  expect(() => playwrightTotals({ stats: { unexpected: 0, flaky: 0, expected: 1 } })).toThrow('projects');
  expect(() => playwrightTotals(null)).toThrow();
});
