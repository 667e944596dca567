import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pageHeaders } from './scripts/headers.ts';
import { cspMeta } from './scripts/vite-csp.ts';
import { serviceWorker } from './scripts/vite-service-worker.ts';
import { withoutTfjsThreads } from './scripts/vite-tfjs-wasm.ts';
import { workerPackages } from './scripts/worker-packages.ts';
import { isolationHeaders } from './src/config/isolation.ts';

export default defineConfig({
  // Relative, so that a static host may keep the page in a sub-folder.
  base: './',
  plugins: [react(), cspMeta(), serviceWorker()],
  worker: {
    format: 'es',
    plugins: () => [withoutTfjsThreads()],
    rolldownOptions: {
      // In a folder of its own, so that scripts/size.ts can weigh the worker apart from the page.
      output: {
        entryFileNames: 'worker/[name]-[hash].js',
        // tfjs' packages would all be called dist.
        chunkFileNames: ({ facadeModuleId }) =>
          `worker/${/@tensorflow\/(tfjs-[\w-]+)\/dist\/index\.js$/.exec(facadeModuleId ?? '')?.[1] ?? '[name]'}-[hash].js`,
      },
    },
  },
  optimizeDeps: { include: workerPackages },
  server: { headers: isolationHeaders },
  preview: { headers: pageHeaders },
  build: {
    target: 'esnext',
    manifest: true,
    // An inlined asset is a data: address, which the content security policy forbids to fetch.
    assetsInlineLimit: 0,
  },
});
