/**
 * What only the worker imports, some of it on demand. Vite would discover these when the worker first runs, bundle them,
 * and reload the page under whoever is using it, so the dev server and the browser tests bundle them at their start.
 */
export const workerPackages = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients.js',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
  'pure-rand/generator/xoroshiro128plus',
  'zod/mini',
];

/** What the tests in a browser import: all that Vite bundles for them. See vitest.config.ts. */
export const browserTestPackages = [
  ...workerPackages,
  'fast-check',
  'lucide-react',
  'react',
  'react/jsx-dev-runtime',
  'react-dom/client',
  'recharts',
  'zustand',
  'zustand/vanilla',
];
