import type { Plugin } from 'vite';
import { contentSecurityPolicy } from './headers.ts';

/**
 * Writes the content security policy into the built page too, for static hosts that let nobody set headers. Not while
 * developing: Vite's hot reload needs an inline script. A worker takes its policy from its own response, so there the
 * header alone counts.
 */
export function cspMeta(): Plugin {
  return {
    name: 'duel:csp-meta',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
