import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, softwareGpuFlags } from './scripts/browser.ts';
import { isolation } from './scripts/headers.ts';
import { workerPackages } from './scripts/worker-packages.ts';

const executablePath = findBrowser();

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.gpu.test.ts', '**/node_modules/**'],
        },
      },
      {
        server: { headers: isolation },
        optimizeDeps: { include: workerPackages },
        test: {
          name: 'browser',
          include: ['src/**/*.gpu.test.ts'],
          // Software WebGPU compiles a shader for each new shape.
          testTimeout: 60_000,
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
