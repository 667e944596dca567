/** Reads from the JSON reports of Vitest and Playwright how many tests passed and failed. */

export interface Totals {
  readonly passed: number;
  /** Also counts what proves nothing: a skipped test, a part without any test. */
  readonly failed: number;
  /** What besides a failed test is wrong, in words: the runners' own output may be silent on it. */
  readonly faults: readonly string[];
}

function at(report: unknown, ...path: readonly string[]): unknown {
  let value = report;
  for (const key of path) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return value;
}

function count(report: unknown, ...path: readonly string[]): number {
  const value = at(report, ...path);
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new Error(`the report has no count ${path.join('.')}`);
  return value;
}

/** What counts as failed though no test did: skipped tests, and nothing that passed. */
function idle(name: string, passed: number, skipped: number): string[] {
  return [
    ...(skipped > 0 ? [`${name}: ${skipped} skipped`] : []),
    ...(passed === 0 ? [`${name}: no test passed`] : []),
  ];
}

/** `success` is false, with no failed test, when a file did not load or an error escaped every test. */
export function vitestTotals(report: unknown): Totals {
  const passed = count(report, 'numPassedTests');
  const failed = count(report, 'numFailedTests');
  const skipped = count(report, 'numPendingTests') + count(report, 'numTodoTests');
  const faults = idle('vitest', passed, skipped);
  if (at(report, 'success') !== true && failed === 0) faults.push('vitest: an error outside the tests');
  return { passed, failed: failed + faults.length, faults };
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly tests: readonly { readonly projectName: string; readonly status: string }[];
  }[];
}

const testsOf = (suite: Suite): { projectName: string; status: string }[] => [
  ...(suite.specs ?? []).flatMap(({ tests }) => tests),
  ...(suite.suites ?? []).flatMap(testsOf),
];

/**
 * A flaky test passed only on a second try: here that is a failure. Errors outside a test count one each, and so does
 * each project of the configuration that has no passed test.
 */
export function playwrightTotals(report: unknown): Totals {
  const errors = at(report, 'errors');
  const outside = Array.isArray(errors) ? errors.length : 0;
  const failed = count(report, 'stats', 'unexpected') + count(report, 'stats', 'flaky') + outside;
  const projects = at(report, 'config', 'projects');
  if (!Array.isArray(projects) || projects.length === 0) throw new Error('the report has no projects');
  const tests = testsOf(report as Suite);
  const faults = projects.flatMap(({ name }: { name: string }) => {
    const own = tests.filter(({ projectName }) => projectName === name);
    const having = (status: string) => own.filter((test) => test.status === status).length;
    return idle(name, having('expected'), having('skipped'));
  });
  return { passed: count(report, 'stats', 'expected'), failed: failed + faults.length, faults };
}
