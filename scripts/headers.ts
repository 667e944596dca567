/** The headers that the page wants from whoever serves it. The policy cannot be had from a `<meta>` tag alone. */
import { isolationHeaders } from '../src/config/isolation.ts';

/**
 * Nothing from elsewhere, no inline script, no `eval`. `wasm-unsafe-eval` compiles WebAssembly; `blob:` and `data:`
 * images are the sample grids a person saves.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export const pageHeaders = { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy } as const;
