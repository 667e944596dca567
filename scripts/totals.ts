/** Reads how many tests passed and failed from the JSON reports of Vitest and Playwright. */

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

function count(report: unknown, ...path: readonly string[]): number {
  let value = report;
  for (const key of path) value = (value as Record<string, unknown> | null | undefined)?.[key];
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new Error(`the report has no count ${path.join('.')}`);
  return value;
}

/** `success` is false, with no failed test, when a file did not load or an error escaped every test. */
export function vitestTotals(report: unknown): Totals {
  const passed = count(report, 'numPassedTests');
  const failed = count(report, 'numFailedTests');
  const broken = (report as { success?: unknown }).success !== true;
  return { passed, failed: broken ? Math.max(failed, 1) : failed };
}

/** A flaky test passed only on a second try: here that is a failure. Errors outside a test count one each. */
export function playwrightTotals(report: unknown): Totals {
  const errors = (report as { errors?: unknown }).errors;
  const outside = Array.isArray(errors) ? errors.length : 0;
  const failed = count(report, 'stats', 'unexpected') + count(report, 'stats', 'flaky') + outside;
  return { passed: count(report, 'stats', 'expected'), failed };
}
