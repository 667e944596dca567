import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, softwareGpuFlags } from './scripts/browser.ts';
import { browserTestPackages } from './scripts/worker-packages.ts';
import { isolationHeaders } from './src/config/isolation.ts';

const executablePath = findBrowser();

/** Milliseconds before a test counts as hung. Far above what any takes: a loaded machine must not fail one. */
const patience = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patience,
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.gpu.test.ts', '**/node_modules/**'],
        },
      },
      {
        server: { headers: isolationHeaders },
        // A missing file is answered with index.html, whose packages Vite would go on to find and bundle: that changes the
        // address of every bundled package under the tests that are running. So it bundles these and looks for no others.
        optimizeDeps: { include: browserTestPackages, noDiscovery: true },
        test: {
          ...patience,
          name: 'browser',
          include: ['src/**/*.gpu.test.ts'],
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...softwareGpuFlags] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
