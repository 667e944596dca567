import { defineConfig } from '@playwright/test';
import { findBrowser, plainFlags, softwareGpuFlags } from './scripts/browser.ts';
import { freePort } from './scripts/free-port.ts';

const executablePath = findBrowser();
// Playwright reads this file again in each of its workers: the environment carries the port chosen first.
const port = process.env.DUEL_E2E_PORT ?? String(await freePort());
process.env.DUEL_E2E_PORT = port;

const withFlags = (args: readonly string[]) => ({
  browserName: 'chromium' as const,
  launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...args] },
});

/**
 * What is tested is the built page, by the server that a person gets. `*.gpu.spec.ts` need an adapter and run on software
 * WebGPU and WebGL; all others run as on a machine without a GPU.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  retries: 0,
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  use: { baseURL: `http://localhost:${port}/`, screenshot: 'only-on-failure', viewport: { width: 1440, height: 900 } },
  projects: [
    { name: 'no-gpu', testMatch: '**/*.spec.ts', testIgnore: '**/*.gpu.spec.ts', use: withFlags(plainFlags) },
    // A software GPU compiles its shaders for most of a minute before the first step.
    { name: 'swiftshader', testMatch: '**/*.gpu.spec.ts', timeout: 600_000, use: withFlags(softwareGpuFlags) },
  ],
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
