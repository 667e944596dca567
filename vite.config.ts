import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { isolation, pageHeaders } from './scripts/headers.ts';

export default defineConfig({
  // Relative, so that a static host may keep the page in a sub-folder.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  server: { headers: isolation },
  preview: { headers: pageHeaders },
  build: {
    target: 'esnext',
    manifest: true,
    // An inlined asset is a data: address, which the content security policy forbids to fetch.
    assetsInlineLimit: 0,
  },
});
