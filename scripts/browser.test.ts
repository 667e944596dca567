import { afterEach, expect, test, vi } from 'vitest';
import { findBrowser } from './browser.ts';

afterEach(() => vi.unstubAllEnvs());

test('a wished browser comes before all others', () => {
  vi.stubEnv('CHROME_PATH', process.execPath);
  vi.stubEnv('DUEL_CHROMIUM', '');
  expect(findBrowser()).toBe(process.execPath);
});

test('a wish that is not a file is an error, not a reason to take another', () => {
  vi.stubEnv('DUEL_CHROMIUM', '/nowhere/chromium');
  vi.stubEnv('CHROME_PATH', process.execPath);
  expect(() => findBrowser()).toThrow('DUEL_CHROMIUM names /nowhere/chromium');
});
