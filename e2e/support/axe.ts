import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The accessibility violations of what the page shows now, one line for each element: rule, impact, help, element.
 * A rule that axe could not decide is no violation. Evaluated through the debugger, so the page's own content security
 * policy stays in force. (`@axe-core/playwright` does the same and wants Node 22.)
 * @throws Error when axe found nothing to check, so that an empty page is never called accessible.
 */
export async function axeViolations(page: Page, options: RunOptions = {}): Promise<string[]> {
  await page.evaluate(source);
  const results = await page.evaluate(
    (runOptions) =>
      (globalThis as unknown as { axe: { run(context: Node, options: RunOptions): Promise<AxeResults> } }).axe.run(
        document,
        runOptions,
      ),
    options,
  );
  if (results.passes.length === 0) throw new Error('axe found nothing to check on this page');
  return results.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map((node) => `${id} (${impact}): ${help}: ${node.target.join(' ')}`),
  );
}
