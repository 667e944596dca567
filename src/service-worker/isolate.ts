import { isolationHeaders } from '../config/isolation.ts';

/** What decides whether an answer needs the headers. */
export type Asked = Pick<Request, 'url' | 'mode' | 'destination'>;

/**
 * Whether a request is for the page itself or for the script of a worker, the two whose own headers the browser looks at:
 * everything else from the same origin an isolated page may use as it is. Other pages below the scope are not ours to change.
 *
 * @param scope the folder of the page, as an absolute address that ends in '/'
 */
export function needsIsolation({ url, mode, destination }: Asked, scope: string): boolean {
  const { origin, pathname } = new URL(url);
  const folder = new URL(scope);
  if (origin !== folder.origin) return false;
  if (mode === 'navigate') return pathname === folder.pathname || pathname === `${folder.pathname}index.html`;
  return destination === 'worker' && pathname.startsWith(folder.pathname);
}

/** The same answer with the headers that its host left out. A redirect or an error passes as it is. */
export function withIsolation(response: Response): Response {
  const missing = Object.entries(isolationHeaders).filter(([name]) => !response.headers.has(name));
  // Status 0: a redirect that the browser follows by itself.
  if (missing.length === 0 || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
