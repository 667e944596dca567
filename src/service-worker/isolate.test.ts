import { describe, expect, test } from 'vitest';
import { type Asked, needsIsolation, withIsolation } from './isolate.ts';

const scope = 'https://host.example/some/where/';
const page = (url: string): Asked => ({ url, mode: 'navigate', destination: 'document' });
const script = (url: string, destination: RequestDestination): Asked => ({ url, mode: 'same-origin', destination });

describe('needsIsolation', () => {
  test.each<[string, Asked]>([
    ['the page', page(scope)],
    ['the page by its file', page(`${scope}index.html`)],
    ['the page with what it is asked for', page(`${scope}?backend=wasm`)],
    ['the page in a frame of its own origin', { ...page(scope), destination: 'iframe' }],
    ["a worker's script", script(`${scope}worker/trainer.worker-1.js`, 'worker')],
  ])('%s: yes', (_, asked) => expect(needsIsolation(asked, scope)).toBe(true));

  test.each<[string, Asked]>([
    ['another page below', page(`${scope}other/`)],
    ['another page beside', page(`${scope}other.html`)],
    ['the page above', page('https://host.example/some/')],
    ['the same path of another host', page('https://elsewhere.example/some/where/')],
    ["the page's own script", script(`${scope}assets/index-1.js`, 'script')],
    ['data', script(`${scope}datasets/digits.bin`, '')],
    ["a worker's script of someone else", script('https://host.example/other/worker.js', 'worker')],
  ])('%s: no', (_, asked) => expect(needsIsolation(asked, scope)).toBe(false));

  test('a page at the root of its host', () => {
    expect(needsIsolation(page('http://localhost:8000/'), 'http://localhost:8000/')).toBe(true);
    expect(needsIsolation(page('http://localhost:8000/notes/'), 'http://localhost:8000/')).toBe(false);
  });
});

describe('withIsolation', () => {
  test('adds both headers and changes nothing else', async () => {
    const headers = { 'Content-Type': 'text/html', ETag: '"1"' };
    const made = withIsolation(new Response('the page', { status: 203, statusText: 'So they say', headers }));
    expect(Object.fromEntries(made.headers)).toEqual({
      'content-type': 'text/html',
      etag: '"1"',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    expect([made.status, made.statusText]).toEqual([203, 'So they say']);
    expect(await made.text()).toBe('the page');
  });

  test('leaves what the host sends', () => {
    const sent = new Response('', { headers: { 'Cross-Origin-Embedder-Policy': 'credentialless' } });
    const made = withIsolation(sent);
    expect(made.headers.get('Cross-Origin-Embedder-Policy')).toBe('credentialless');
    expect(made.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(withIsolation(made)).toBe(made);
  });

  test('keeps an answer without a body, and passes a redirect on', () => {
    expect(withIsolation(new Response(null, { status: 204 })).status).toBe(204);
    // What a navigation's fetch gives for a redirect; Response.error() is the one such answer that a script can make.
    const redirect = Response.error();
    expect(withIsolation(redirect)).toBe(redirect);
  });
});
