/**
 * Finds a Chromium that has WebGPU, or says plainly what to do. Never `chromium-headless-shell`: it has no WebGPU.
 *
 * `npm run browser` prints the path and, where nothing is found, tries to install one: Playwright's own first, then
 * Debian's package. Tests and configurations call {@link findBrowser}, which only looks.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium needs root to give up its sandbox. */
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** A browser as most people have it when the machine has no GPU: no WebGPU adapter. */
export const plainFlags: readonly string[] = [...sandbox, ...quiet];

/** WebGPU and WebGL in software, so that both can be tested on any machine. Slow: keep what runs on it tiny. */
export const softwareGpuFlags: readonly string[] = [
  ...sandbox,
  ...quiet,
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function onPath(): string[] {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Google Chrome for Testing', 'Microsoft Edge'];
    const roots = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return roots.flatMap((root) => apps.map((app) => `${root}/${app}.app/Contents/MacOS/${app}`));
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '');
    const inside = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
    return roots.filter(Boolean).flatMap((root) => inside.map((path) => join(root, path)));
  }
  return ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/usr/lib/chromium/chromium'];
}

/** Where Playwright would put its own full Chromium; the file need not exist. */
function playwrightsOwn(): string[] {
  try {
    return [chromium.executablePath()];
  } catch {
    return []; // Playwright knows no build for this platform
  }
}

/**
 * The path of a full Chromium, or undefined.
 * @throws Error when DUEL_CHROMIUM or CHROME_PATH names a file that is not there: a wrong wish is not ignored.
 */
export function findBrowser(): string | undefined {
  for (const name of ['DUEL_CHROMIUM', 'CHROME_PATH']) {
    const wished = process.env[name];
    if (!wished) continue;
    if (!isFile(wished)) throw new Error(`${name} names ${wished}, which is not a file`);
    return wished;
  }
  return [...onPath(), ...usualPlaces(), ...playwrightsOwn()].find(isFile);
}

function attempt(what: string, command: string, args: string[], seconds: number): void {
  console.error(`No Chromium found; trying ${what} ...`);
  const done = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    timeout: seconds * 1000,
    shell: process.platform === 'win32',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (done.status !== 0) console.error(`${what} did not work (${done.error?.message ?? `exit ${done.status}`})`);
}

/** Finds a browser, installing one where this machine lets us. */
export function ensureBrowser(): string | undefined {
  const found = findBrowser();
  if (found) return found;
  // --no-shell: the headless shell has no WebGPU
  attempt("Playwright's own", 'npx', ['playwright', 'install', '--no-shell', 'chromium'], 300);
  const own = findBrowser();
  if (own) return own;
  const hasApt = isFile('/usr/bin/apt-get');
  if (hasApt && process.getuid?.() === 0) {
    attempt("Debian's package list", 'apt-get', ['update', '-q'], 180);
    attempt("Debian's package", 'apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], 600);
  }
  return findBrowser();
}

export const howToGetOne = [
  'No Chromium or Chrome was found, and none could be installed from here. One of these helps:',
  '  - install Chrome or Chromium (Debian: apt-get install chromium)',
  '  - npx playwright install chromium',
  '  - set DUEL_CHROMIUM to the path of a full Chromium (not the headless shell: it has no WebGPU)',
].join('\n');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const path = ensureBrowser();
    if (!path) throw new Error(howToGetOne);
    console.log(path);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
